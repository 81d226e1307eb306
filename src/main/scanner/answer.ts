import type { Readable } from 'node:stream'
import type { AskFailure } from '#shared/domain/probe.ts'

/** A whole answer (or the part of it below the cap). Nothing in it is trusted: not its size, its type or its encoding. */
export interface Answered {
  readonly ok: true
  readonly status: number
  readonly statusText: string
  readonly httpVersion: string
  /** As sent: order and case kept. */
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Buffer
  readonly truncated: boolean
  readonly durationMs: number
}

export interface Unanswered {
  readonly ok: false
  readonly failure: AskFailure
  /** The first bytes of something that was not HTTP. */
  readonly firstBytes: Buffer | null
  readonly durationMs: number
}

export type Answer = Answered | Unanswered

/** What the HTTP parser hands over: head and body of a response. */
export interface Response extends Readable {
  readonly rawHeaders: readonly string[]
  readonly statusCode?: number | undefined
  readonly statusMessage?: string | undefined
  readonly httpVersion: string
}

/** The first value of a header, whatever its case; null: not sent. */
export function headerOf(answer: Answered, name: string): string | null {
  return answer.headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null
}

/** The body as text. Invalid UTF-8 becomes replacement characters, never an error. */
export function textOf(answer: Answered): string {
  return readingsOf(answer).text
}

/** The body as JSON; undefined where it is none. A cut body is none. */
export function jsonOf(answer: Answered): unknown {
  if (answer.truncated) return undefined
  const readings = readingsOf(answer)
  readings.json ??= { value: parseJson(readings.text) }
  return readings.json.value
}

interface Readings {
  readonly text: string
  /** Read when it is first asked for. */
  json: { readonly value: unknown } | null
}

/** Every rule looks at the same few answers: each is read once, for as long as it is kept. */
const allReadings = new WeakMap<Answered, Readings>()

function readingsOf(answer: Answered): Readings {
  const readings = allReadings.get(answer) ?? { text: answer.body.toString('utf8'), json: null }
  allReadings.set(answer, readings)
  return readings
}

/** Most answers that are no JSON show it by their first character; an error for each would cost more than the rest. */
const beginning = /^\s*[{["\d\-tfn]/

function parseJson(text: string): unknown {
  if (!beginning.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A body in more pieces than this is sent to keep its reader busy (one byte in each: five seconds for 4 MB, measured). */
const mostPieces = 16_384

/** Collects a response up to `cap` bytes, then hangs up: what a server says about its size is not believed. */
export function readAnswer(response: Response, cap: number, started: () => number): Promise<Answer> {
  return new Promise(resolve => {
    const chunks: Buffer[] = []
    let bytes = 0
    const done = (truncated: boolean) =>
      resolve(answered(response, Buffer.concat(chunks), truncated, started()))
    response.on('data', (chunk: Buffer) => {
      const room = cap - bytes
      chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk)
      bytes += Math.min(chunk.length, room)
      if (chunk.length > room || chunks.length > mostPieces) {
        done(true)
        response.destroy()
      }
    })
    response.on('end', () => done(false))
    response.on('error', error => resolve(unanswered(error, started())))
  })
}

function answered(response: Response, body: Buffer, truncated: boolean, durationMs: number): Answered {
  const raw = response.rawHeaders
  const headers = Array.from(
    { length: raw.length / 2 },
    (_, i) => [raw[2 * i] ?? '', raw[2 * i + 1] ?? ''] as const,
  )
  return {
    ok: true,
    status: response.statusCode ?? 0,
    statusText: response.statusMessage ?? '',
    httpVersion: response.httpVersion,
    headers,
    body,
    truncated,
    durationMs,
  }
}

const failureOf: Readonly<Record<string, AskFailure>> = {
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timed-out',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  OUT_OF_SCOPE: 'out-of-scope',
  ABORT_ERR: 'stopped',
}

/** Node's error as one of the closed list of failures. Parser errors (`HPE_…`) mean: this is not HTTP. */
export function unanswered(error: unknown, durationMs: number): Unanswered {
  const code = codeOf(error)
  const named = failureOf[code] ?? (code.startsWith('HPE_') ? 'malformed' : 'failed')
  // A connection closed before any answer is reported as "socket hang up" with the code of a reset.
  const failure = error instanceof Error && error.message === 'socket hang up' ? 'closed' : named
  const packet = (error as { rawPacket?: unknown } | null)?.rawPacket
  return {
    ok: false,
    failure,
    firstBytes: Buffer.isBuffer(packet) ? packet.subarray(0, 200) : null,
    durationMs,
  }
}

export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}
