import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isoInstant } from '#shared/domain/instant.ts'
import { type Report, ReportManifest, ReportRequest } from '#shared/domain/report.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import * as store from '../store/reports.ts'
import type { Reading, Transaction } from './context.ts'
import { manifestFile, manifestPath, manifestText, pathBeside } from './report-manifest.ts'
import { type MadeReport, reportsFolder } from './report-runner.ts'
import type { Workspace } from './workspace.ts'

/** Every kept report, the newest first. */
export function listReports({ store: readable, about }: Pick<Reading, 'store' | 'about'>): Report[] {
  return store.listReports(readable, {}).map(record => reportOf(record, about.dataFolder))
}

export function showReport(
  { store: readable, about }: Pick<Reading, 'store' | 'about'>,
  id: number,
): Result<Report> {
  const record = store.reportById(readable, { id })
  return record === undefined
    ? fail('report-unknown', { report: id })
    : succeed(reportOf(record, about.dataFolder))
}

function reportOf(record: store.ReportRecord, dataFolder: string): Report {
  const { files, asOf } = ReportManifest.parse(JSON.parse(record.manifest))
  return {
    id: record.id,
    request: ReportRequest.parse(JSON.parse(record.request)),
    createdAt: isoInstant(record.created_at),
    createdBy: record.created_by,
    asOf,
    files,
    folder: join(reportsFolder(dataFolder), String(record.id)),
  }
}

type Made = MadeReport & { readonly folder: string }

/** Made in a thread of its own, then signed and frozen in one transaction with its audit entry. */
export const createReport = {
  gather: ({ reports }: Workspace, request: ReportRequest) => reports.make(request),
  run(transaction: Transaction, request: ReportRequest, made: Result<Made>): Result<Frozen> {
    if (!made.ok) return made
    const frozen = freeze(transaction, request, made.value)
    if (!frozen.ok) rmSync(made.value.folder, { recursive: true, force: true })
    return frozen
  },
  async after({ about }: Workspace, { record, manifest, folder }: Frozen): Promise<Result<Report>> {
    const report = reportOf(record, about.dataFolder)
    const main = manifest.files.find(({ role }) => role === 'report')?.name ?? 'report'
    writeFileSync(manifestPath(join(folder, main)), manifestFile(manifest), { mode: 0o600 })
    renameSync(folder, report.folder)
    return succeed(report)
  },
}

interface Frozen {
  readonly record: store.ReportRecord
  readonly manifest: ReportManifest
  readonly folder: string
}

function freeze(
  { store: writable, now, actor, identity, changed }: Transaction,
  request: ReportRequest,
  { folder, files, ...made }: Made,
): Result<Frozen> {
  const unsigned = {
    format: 'paddock-report-manifest',
    version: 1,
    report: request,
    ...made,
    files,
    signer: { actor: identity.name, publicKey: identity.publicKey },
    signedAt: isoInstant(now),
  } as const
  const signature = identity.sign(manifestText(unsigned))
  if (signature === null) return fail('actor-required')
  const manifest: ReportManifest = { ...unsigned, inputs: [...made.inputs], files: [...files], signature }
  const record = {
    kind: request.kind,
    request: JSON.stringify(request),
    at: now,
    by: actor,
    manifest: JSON.stringify(manifest),
  }
  const { id } = store.addReport(writable, record)
  changed(`report ${id}`, null, { ...request, files, signature })
  const { at: created_at, by: created_by, ...rest } = record
  return succeed({ record: { id, ...rest, created_at, created_by }, manifest, folder })
}

/** Copies a kept report with its annexes and its manifest to where somebody wants it. */
export async function saveReport(
  { store: readable, about }: Workspace,
  { id, to }: { readonly id: number; readonly to: string },
): Promise<Result<{ files: string[] }>> {
  const record = store.reportById(readable, { id })
  if (record === undefined) return fail('report-unknown', { report: id })
  const manifest = ReportManifest.parse(JSON.parse(record.manifest))
  const { folder } = reportOf(record, about.dataFolder)
  try {
    mkdirSync(dirname(to), { recursive: true })
    const files = manifest.files.map(({ name }) => {
      const target = pathBeside(to, manifest, name)
      copyFileSync(join(folder, name), target)
      return target
    })
    writeFileSync(manifestPath(to), manifestFile(manifest))
    return succeed({ files: [...files, manifestPath(to)] })
  } catch (error) {
    return fail('report-file-unwritable', {
      file: to,
      reason: error instanceof Error ? error.message : String(error),
    })
  }
}
