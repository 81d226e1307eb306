import type { Socket } from 'node:net'
import { sweep } from '#main/scanner/sweep.ts'
import type { SweepBatch } from '#main/scanner/sweep-batch.ts'
import type { Observation } from '#shared/domain/observation.ts'
import type { ScanPlan } from '#shared/domain/plan.ts'
import { type RawServer, serveRaw } from './raw-server.ts'
import { dialFor, plannedBlock, scanPlan } from './scanning.ts'
import { jobFor, ollamaAnswers, type Swept, serveOllama, sweepContext, total } from './sweeping.ts'

/** What a hostile server does when a request has come in. */
export type Talk = (socket: Socket, path: string) => void

export interface Encounter {
  /** What became of the hostile target: an instance, or the outcome of the visit. */
  readonly outcome: 'instance' | string
  readonly observation: Observation | null
  readonly swept: Swept
  readonly ms: number
  /** Until the neighbour, an ordinary Ollama in the same network, was told of. */
  readonly neighbourMs: number | null
  readonly neighbour: Observation | null
  /** How much more memory the process had than before, at most. */
  readonly grownBytes: number
  readonly server: RawServer
}

export const hostilePort = 11_901
let networks = 0

/** A network of its own, so that encounters can go on side by side, also those of another test file's process. */
export function freshNetwork(): string {
  return `127.${200 + (Number(process.env['VITEST_POOL_ID'] ?? 0) % 50)}.${networks++}`
}

/** Scans sixteen addresses: one holds a hostile server, one an ordinary Ollama, the rest refuse. */
export async function meet(
  talk: Talk,
  { onConnect = () => {}, plan: terms = {} }: { onConnect?: Talk; plan?: Partial<ScanPlan> } = {},
): Promise<Encounter> {
  const net = freshNetwork()
  const bad = `${net}.7`
  const good = `${net}.8`
  const server = await serveRaw(
    socket => {
      onConnect(socket, '')
      socket.on('data', chunk => talk(socket, chunk.toString('latin1').split(' ')[1] ?? ''))
    },
    bad,
    hostilePort,
  )
  const neighbourServer = await serveOllama(good, hostilePort)
  try {
    const block = plannedBlock(`${net}.0`, `${net}.15`, { ports: [hostilePort] })
    const watched = new Set([`${bad}:${hostilePort}`, `${good}:${hostilePort}`])
    const memory = watchMemory()
    const { swept, toldMs, ms } = await follow(scanPlan({ blocks: [block], ...terms }), watched)
    const at = (address: string) => swept.observations.find(each => each.target.address === address) ?? null
    const absence = swept.absences.find(each => each.target.address === bad)
    return {
      outcome: at(bad) === null ? (absence?.outcome ?? 'nothing') : 'instance',
      observation: at(bad),
      swept,
      ms,
      neighbour: at(good),
      neighbourMs: toldMs.get(good) ?? null,
      grownBytes: memory.end(),
      server,
    }
  } finally {
    await Promise.all([server.close(), neighbourServer.close()])
  }
}

/** A sweep of the plan, and when each address was told of. */
async function follow(plan: ScanPlan, watched: ReadonlySet<string>) {
  const started = performance.now()
  const toldMs = new Map<string, number>()
  const batches = sweep(jobFor(plan, { watched }), dialFor(plan), sweepContext, new AbortController().signal)
  async function* noting(): AsyncGenerator<SweepBatch, void, void> {
    for await (const batch of batches) {
      for (const { target } of batch.observations) toldMs.set(target.address, performance.now() - started)
      yield batch
    }
  }
  const swept = await total(noting())
  return { swept, toldMs, ms: performance.now() - started }
}

function watchMemory(): { end(): number } {
  const before = process.memoryUsage.rss()
  let most = before
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss())
  }
  const timer = setInterval(look, 20)
  return {
    end() {
      clearInterval(timer)
      look()
      return most - before
    },
  }
}

/** Speaks like an Ollama, except for some paths. */
export function ollamaExcept(odd: Readonly<Record<string, (socket: Socket) => void>>): Talk {
  return (socket, path) => {
    const own = odd[path]
    if (own !== undefined) return own(socket)
    const answer = ollamaAnswers[path]
    socket.write(
      answer === undefined
        ? 'HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 18\r\n\r\n404 page not found'
        : head(
            answer.headers.map(([name, value]) =>
              value === '' ? [name, answer.body.length] : [name, value],
            ),
          ) + answer.body,
    )
  }
}

export function head(headers: readonly (readonly [string, string | number])[], status = '200 OK'): string {
  return `HTTP/1.1 ${status}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
}

/** Writes the same piece for ever, as fast as it is taken; counts the bytes. */
export function flood(socket: Socket, piece: Buffer | string): { readonly bytes: () => number } {
  let bytes = 0
  const more = () => {
    for (let flows = true; flows && !socket.destroyed; ) {
      bytes += piece.length
      flows = socket.write(piece)
    }
  }
  socket.on('drain', more)
  more()
  return { bytes: () => bytes }
}

/** Writes a text one character at a time, for ever from the beginning again. */
export function drip(socket: Socket, text: string, everyMs: number): void {
  let index = 0
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer)
    else socket.write(text[index++ % text.length] ?? ' ')
  }, everyMs)
  socket.on('close', () => clearInterval(timer))
}
