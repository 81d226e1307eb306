import { parentPort, workerData } from 'node:worker_threads'
import { serveSweep } from './scanner/serve-sweep.ts'
import { prepareObservation } from './services/prepare-observation.ts'

// The entry of a sweep thread: hands the scanner its clock, its dice, and what makes ready for the recorder what it sees.
if (parentPort === null) throw new Error('sweep-worker is started by the backend, as a thread')
serveSweep(parentPort, workerData, {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  randomPath: () => Math.random().toString(36).slice(2).padEnd(12, '0').slice(0, 12),
  prepare: prepareObservation,
})
