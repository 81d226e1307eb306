import { Worker } from 'node:worker_threads'
import type { Found, Job } from './judge-job.ts'

/** Looks at instances in a thread of its own, on a connection that cannot write. */
export interface JudgeThread {
  look(job: Job): Promise<Found>
  /** Moves what the writer wrote into the file. */
  checkpoint(): Promise<void>
  close(): Promise<void>
}

export type JudgeQuestion = Job | 'checkpoint'

/** The thread starts when first needed. One that dies fails what it was asked, and the next question starts another. */
export function createJudgeThread(workerPath: string | URL, workerData: unknown): JudgeThread {
  let worker: Worker | null = null
  const waiting: { resolve: (answer: unknown) => void; reject: (error: Error) => void }[] = []
  const start = () => {
    const started = new Worker(workerPath, { workerData })
    const lose = (error: Error) => {
      if (worker === started) worker = null
      for (const each of waiting.splice(0)) each.reject(error)
    }
    // Answers come in the order of the questions.
    started.on('message', (answer: unknown) => {
      waiting.shift()?.resolve(answer)
      if (waiting.length === 0) started.unref()
    })
    started.on('error', error => lose(error instanceof Error ? error : new Error(String(error))))
    started.on('exit', () => lose(new Error('the judging thread ended')))
    started.unref()
    return started
  }
  const ask = (question: JudgeQuestion) =>
    new Promise<unknown>((resolve, reject) => {
      worker ??= start()
      // Somebody waits for the answer: the process must not end before it, which it would without anything else to do.
      worker.ref()
      waiting.push({ resolve, reject })
      worker.postMessage(question)
    })
  return {
    look: async job => (await ask(job)) as Found,
    async checkpoint() {
      await ask('checkpoint')
    },
    async close() {
      await worker?.terminate()
    },
  }
}
