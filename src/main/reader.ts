import { parentPort, workerData } from 'node:worker_threads'
import { openReading } from './compose.ts'
import { serve } from './ipc/serve.ts'

// The entry of a reader thread: answers queries on a connection of its own that cannot write.
const port = parentPort
if (port === null) throw new Error('reader is started by the backend, as a thread')
const { givenUp, ...options } = workerData
const reading = openReading(
  options,
  (name, value) => port.postMessage({ type: 'event', name, value }),
  () => Atomics.load(givenUp as Int32Array, 0) === 1,
)
if (!reading.ok) throw new Error(`reader: ${reading.failure.code}`)
const session = serve(
  reading.value,
  message => port.postMessage(message),
  () => {},
)
port.on('message', message => session.receive(message))
