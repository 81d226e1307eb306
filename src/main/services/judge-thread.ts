import { Worker } from 'node:worker_threads'
import type { Found, Job } from './judge-job.ts'

/** Looks at instances in a thread of its own, on a connection that cannot write. */
export interface JudgeThread {
  look(job: Job): Promise<Found>
  close(): Promise<void>
}

/** The thread starts when first needed. One that dies fails what it was asked, and the next question starts another. */
export function createJudgeThread(workerPath: string | URL, workerData: unknown): JudgeThread {
  let worker: Worker | null = null
  const waiting: { resolve: (found: Found) => void; reject: (error: Error) => void }[] = []
  const start = () => {
    const started = new Worker(workerPath, { workerData })
    const lose = (error: Error) => {
      if (worker === started) worker = null
      for (const each of waiting.splice(0)) each.reject(error)
    }
    // Answers come in the order of the questions.
    started.on('message', (found: Found) => waiting.shift()?.resolve(found))
    started.on('error', error => lose(error instanceof Error ? error : new Error(String(error))))
    started.on('exit', () => lose(new Error('the judging thread ended')))
    started.unref()
    return started
  }
  return {
    look: job =>
      new Promise((resolve, reject) => {
        worker ??= start()
        waiting.push({ resolve, reject })
        worker.postMessage(job)
      }),
    async close() {
      await worker?.terminate()
    },
  }
}
