import { parentPort, workerData } from 'node:worker_threads'
import { writeFileWhole } from './export-file.ts'
import { readerOf } from './open-reading.ts'
import { writeExport } from './services/export.ts'

// The entry of an export thread: writes files from a connection of its own that cannot write.
const port = parentPort
if (port === null) throw new Error('export-worker is started by the backend, as a thread')
const reading = readerOf(workerData, () => Date.now())
port.on('message', request => {
  port.postMessage(
    reading.ok
      ? writeFileWhole(request, workerData.dataFolder, sink => writeExport(reading.value, request, sink))
      : reading,
  )
})
