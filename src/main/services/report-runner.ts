import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ReportManifest, ReportProgress, ReportRequest } from '#shared/domain/report.ts'
import { fail, type Result } from '#shared/result.ts'
import type { Emit } from './context.ts'

/** What a report says of itself before anybody signs it. */
export type MadeReport = Pick<
  ReportManifest,
  'organisation' | 'asOf' | 'paddock' | 'template' | 'inputs' | 'files'
>

export type ReportMessage =
  | ({ readonly type: 'progress' } & Pick<ReportProgress, 'phase' | 'done' | 'total'>)
  | { readonly type: 'done'; readonly result: Result<MadeReport> }

/** Starts the thread. `made` is null when it was stopped. */
export type LaunchReport = (
  request: ReportRequest,
  folder: string,
  onProgress: (progress: Pick<ReportProgress, 'phase' | 'done' | 'total'>) => void,
) => { readonly made: Promise<Result<MadeReport> | null>; stop(): Promise<void> }

/** Makes one report at a time. */
export interface ReportRunner {
  make(request: ReportRequest): Promise<Result<MadeReport & { readonly folder: string }>>
  progress(): ReportProgress | null
  /** false: none is being made. */
  cancel(): Promise<boolean>
  close(): Promise<void>
}

interface Parts {
  readonly dataFolder: string
  readonly monotonic: () => number
  readonly emit: Emit
  readonly launch: LaunchReport
}

const unfinished = '.unfinished-'

export function reportsFolder(dataFolder: string): string {
  return join(dataFolder, 'reports')
}

export function createReportRunner({ dataFolder, monotonic, emit, launch }: Parts): ReportRunner {
  let running: { stop(): Promise<void>; progress: ReportProgress } | null = null
  const cancel = async () => {
    if (running === null) return false
    await running.stop()
    return true
  }
  return {
    progress: () => running?.progress ?? null,
    cancel,
    close: async () => void (await cancel()),
    async make(request) {
      if (running !== null) return fail('report-running', { kind: running.progress.kind })
      const folder = freshFolder(dataFolder)
      const startedAt = monotonic()
      const tell = (now: Pick<ReportProgress, 'phase' | 'done' | 'total'>) => {
        const { phase, done, total } = now
        const elapsedMs = Math.round(monotonic() - startedAt)
        const progress = { kind: request.kind, phase, done, total, elapsedMs }
        if (running !== null) running.progress = progress
        emit('report.progressed', progress)
      }
      const job = launch(request, folder, tell)
      const progress = { kind: request.kind, phase: 'reading', done: 0, total: null, elapsedMs: 0 } as const
      running = { stop: job.stop, progress }
      try {
        const made = (await job.made) ?? fail('report-cancelled')
        if (made.ok) return { ok: true, value: { ...made.value, folder } }
        rmSync(folder, { recursive: true, force: true })
        return made
      } catch (error) {
        rmSync(folder, { recursive: true, force: true })
        throw error
      } finally {
        running = null
      }
    },
  }
}

/** For one report; what earlier ones left behind that were broken off goes. */
function freshFolder(dataFolder: string): string {
  const reports = reportsFolder(dataFolder)
  mkdirSync(reports, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(reports)) {
    if (name.startsWith(unfinished)) rmSync(join(reports, name), { recursive: true, force: true })
  }
  return mkdtempSync(join(reports, unfinished))
}
