/**
 * Versions as Ollama reports them: `0.32.15`, `0.33.0-rc2`, git-describe `0.5.7-0-ga420a45-dirty`, distribution
 * forks `0.5.4-ipexllm-2025`, and `0.0.0` from builds nobody stamped. Compared by number, never as text.
 */
export interface Version {
  readonly numbers: readonly [number, number, number]
  /** The number behind `-rc`; a release candidate sorts before its release. null: a release. */
  readonly candidate: number | null
}

const shape = /^v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-rc\.?(\d{1,9}))?/

/** null where the text says nothing usable: no three numbers, or `0.0.0`, which is "unknown", not "old". */
export function parseVersion(text: string | null): Version | null {
  const match = text === null ? null : shape.exec(text)
  if (match === null) return null
  const numbers = [Number(match[1]), Number(match[2]), Number(match[3])] as const
  if (numbers.every(number => number === 0)) return null
  return { numbers, candidate: match[4] === undefined ? null : Number(match[4]) }
}

export function compareVersions(a: Version, b: Version): number {
  for (const index of [0, 1, 2] as const) {
    if (a.numbers[index] !== b.numbers[index]) return a.numbers[index] - b.numbers[index]
  }
  return (a.candidate ?? Number.MAX_SAFE_INTEGER) - (b.candidate ?? Number.MAX_SAFE_INTEGER)
}

/** Whether the version is known to be the given one or later; null: unknown. */
export function atLeast(version: string | null, floor: string): boolean | null {
  const known = parseVersion(version)
  const wanted = parseVersion(floor)
  if (wanted === null) throw new Error(`not a version: ${floor}`)
  return known === null ? null : compareVersions(known, wanted) >= 0
}
