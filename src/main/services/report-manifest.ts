import type { ReportManifest } from '#shared/domain/report.ts'

/** The text of a manifest that is signed: everything but the signature, keys in order. */
export function manifestText(manifest: Omit<ReportManifest, 'signature'>): string {
  const { signature: _, ...unsigned } = manifest as ReportManifest
  return JSON.stringify(['paddock-report-manifest', sorted(unsigned)])
}

/** The same text for the same content, in whatever order its keys are. */
export function inOrder(value: unknown): string {
  return JSON.stringify(sorted(value))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]))
}

/** Where the manifest of a report lies: beside it. */
export function manifestPath(file: string): string {
  return `${file}.manifest.json`
}

export function manifestFile(manifest: unknown): string {
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/** Where a file of a report lies when the report itself was put under another name. */
export function pathBeside(file: string, manifest: ReportManifest, name: string): string {
  const own = manifest.files.find(({ role }) => role === 'report')?.name ?? ''
  return name.startsWith(own) ? `${file}${name.slice(own.length)}` : `${file}.${name}`
}
