import { parentPort, workerData } from 'node:worker_threads'

// A reader that says what it is asked, and works on a blast radius until nobody wants it any more.
const port = parentPort
if (port === null) throw new Error('started as a thread')
const givenUp = workerData.givenUp as Int32Array
port.on('message', ({ id, channel, input }) => {
  port.postMessage({ type: 'event', name: 'asked', value: channel })
  if (channel === 'model.blast-radius') {
    Atomics.wait(givenUp, 0, 0, 20_000)
    port.postMessage({ type: 'reply', id, result: { ok: 'error', message: 'given up' } })
  } else port.postMessage({ type: 'reply', id, result: { ok: true, value: input } })
})
