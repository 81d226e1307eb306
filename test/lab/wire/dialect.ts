import { type Header, hasToken, headerOf, type Problem, type Request } from './request.ts'
import { type Response, reasonOf } from './response.ts'

/**
 * How one HTTP library writes answers: header order and spelling, framing, keep-alive, and what it says to bytes that are no
 * request. These are what tells products apart that serve the same JSON, so each library met in the field has its own.
 */
export interface Dialect {
  readonly answer: (request: Request, response: Response) => Answer
  readonly refuse: (problem: Problem) => Buffer
}

export interface Answer {
  readonly bytes: Buffer
  /** Whether the connection ends after it. */
  readonly close: boolean
}

/** A head and its body in one piece: one write, usually one packet. */
export function assemble(
  version: string,
  status: number,
  headers: readonly Header[],
  body: Buffer | null,
): Buffer {
  let head = `HTTP/${version} ${status} ${reasonOf(status)}\r\n`
  for (const [name, value] of headers) head += `${name}: ${value}\r\n`
  const start = Buffer.from(`${head}\r\n`, 'latin1')
  return body === null || body.length === 0 ? start : Buffer.concat([start, body])
}

/** HTTP/1.1 stays open unless asked to close; HTTP/1.0 closes unless asked to stay. */
export function wantsClose(request: Request): boolean {
  const connection = headerOf(request.headers, 'connection')
  return request.version === '1.0' ? !hasToken(connection, 'keep-alive') : hasToken(connection, 'close')
}

/** The body to send, which for HEAD is none. */
export function bodyFor(request: Request, response: Response): Buffer | null {
  return request.method === 'HEAD' ? null : response.body
}
