import { parentPort, workerData } from 'node:worker_threads'
import { openLook } from './compose.ts'
import type { JudgeQuestion } from './services/judge-thread.ts'

// The entry of the judging thread: asks the rules on a connection of its own that cannot write.
const port = parentPort
if (port === null) throw new Error('judge-worker is started by the backend, as a thread')
const { look, checkpoint } = openLook(workerData)
port.on('message', (question: JudgeQuestion) => {
  if (question !== 'checkpoint') return port.postMessage(look(question))
  checkpoint()
  port.postMessage(null)
})
