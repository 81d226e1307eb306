import { connect, type Socket } from 'node:net'
import { Worker } from 'node:worker_threads'
import type { Listener } from './listen.ts'

/**
 * Addresses that say nothing at all, as behind a firewall that drops packets. Loopback has no such firewall, but Linux
 * drops the opening packet of a connection whose listener has a full accept queue. So a thread listens with the
 * shortest queue and then sleeps for ever, and the lab itself fills the queue.
 */
export interface Silence extends Listener {
  /** Whether the addresses really stay silent: not every platform can do it. Where not, they refuse. */
  readonly works: boolean
}

export interface Place {
  readonly address: string
  readonly port: number
}

/** How long the last, unanswered connection is waited for: on loopback a handshake takes microseconds. */
const patienceMs = 80
/** A queue of one holds two on Linux; a platform that takes this many never fills. */
const mostFillers = 6

// Plain JavaScript in a string: it must also run from inside the packaged app, where there is no file beside it.
const sleeper = `
const { createServer } = require('node:net')
const { parentPort, workerData } = require('node:worker_threads')
Promise.all(workerData.map(place => new Promise((resolve, reject) => {
  createServer().once('error', reject).listen({ host: place.address, port: place.port, backlog: 1, exclusive: true }, resolve)
}))).then(() => {
  parentPort.postMessage('listening')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
})
`

export async function keepSilent(places: readonly Place[]): Promise<Silence> {
  if (places.length === 0) return { works: true, stop: () => Promise.resolve() }
  const worker = new Worker(sleeper, { eval: true, workerData: places })
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve())
    worker.once('error', reject)
  })
  const queues = await Promise.all(places.map(fillQueue))
  const stop = async () => {
    for (const filler of queues.flatMap(queue => queue.fillers)) filler.destroy()
    await worker.terminate()
  }
  if (queues.every(queue => queue.silent)) return { works: true, stop }
  await stop()
  return { works: false, stop: () => Promise.resolve() }
}

interface Queue {
  readonly fillers: readonly Socket[]
  readonly silent: boolean
}

/** Connects until a connection is no longer answered. */
async function fillQueue(place: Place): Promise<Queue> {
  const fillers: Socket[] = []
  while (fillers.length < mostFillers) {
    const { socket, outcome } = await tryConnection(place)
    if (outcome !== 'open') return { fillers, silent: outcome === 'silent' }
    fillers.push(socket)
  }
  return { fillers, silent: false }
}

interface Attempt {
  readonly socket: Socket
  readonly outcome: 'open' | 'refused' | 'silent'
}

function tryConnection(place: Place): Promise<Attempt> {
  return new Promise(resolve => {
    const socket = connect({ host: place.address, port: place.port })
    const settle = (outcome: Attempt['outcome']) => {
      clearTimeout(timer)
      if (outcome === 'open') socket.unref()
      else socket.destroy()
      resolve({ socket, outcome })
    }
    const timer = setTimeout(() => settle('silent'), patienceMs)
    socket.once('connect', () => settle('open'))
    socket.on('error', () => settle('refused'))
  })
}
