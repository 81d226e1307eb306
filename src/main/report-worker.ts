import { parentPort, workerData } from 'node:worker_threads'
import type { ReportRequest } from '#shared/domain/report.ts'
import { createWords } from './cli/words.ts'
import { openToRead } from './compose.ts'
import type { Program } from './program.ts'
import { makeReport } from './services/report-make.ts'
import type { ReportMessage } from './services/report-runner.ts'

// The entry of the thread that makes one report, on a connection of its own that cannot write.
interface Job {
  readonly program: Program
  readonly dataFolder: string
  readonly request: ReportRequest
  readonly folder: string
}

const port = parentPort
if (port === null) throw new Error('report-worker is started by the backend, as a thread')
const { program, dataFolder, request, folder }: Job = workerData
const send = (message: ReportMessage) => port.postMessage(message)
const reading = openToRead({ dataFolder, program })
if (reading.ok) {
  const { resources } = program
  const words = createWords(resources, request.language)
  const result = await makeReport(reading.value, request, words, {
    folder,
    resources,
    progress: (phase, done, total) => send({ type: 'progress', phase, done, total }),
  })
  reading.value.store.connection.close()
  send({ type: 'done', result })
} else send({ type: 'done', result: reading })
