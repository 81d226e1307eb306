import { Worker } from 'node:worker_threads'
import type { Result } from '#shared/result.ts'
import type { Program } from './program.ts'
import type { LaunchReport, MadeReport, ReportMessage } from './services/report-runner.ts'

/** Makes reports in a thread of their own, which reads on its own connection. */
export function launchReport(program: Program, dataFolder: string): LaunchReport {
  return (request, folder, onProgress) => {
    const worker = new Worker(program.reportWorker, { workerData: { program, dataFolder, request, folder } })
    const made = new Promise<Result<MadeReport> | null>((resolve, reject) => {
      worker.on('message', (message: ReportMessage) => {
        if (message.type === 'progress') onProgress(message)
        else resolve(message.result)
      })
      worker.once('error', reject)
      // Ended without a word: somebody stopped it.
      worker.once('exit', () => resolve(null))
    })
    return { made, stop: async () => void (await worker.terminate()) }
  }
}
