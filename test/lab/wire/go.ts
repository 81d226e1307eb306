import { type Answer, assemble, bodyFor, type Dialect } from './dialect.ts'
import { type Header, hasToken, headerOf, type Problem, type Request } from './request.ts'
import { httpDate, type Response, reasonOf } from './response.ts'

/** Go buffers so much before it must decide on framing (net/http, bufferBeforeChunkingSize). */
const bufferedBytes = 2048

/**
 * Go's net/http, which Ollama, LocalAI, Docker Model Runner, Caddy and some honeypots stand on. Order on the wire: the
 * program's own headers sorted, then Date, Content-Length, Connection, Transfer-Encoding (facts, section 1; observed in
 * every capture of the real server). No Server header, ever.
 */
export const goDialect: Dialect = { answer: answerAsGo, refuse: refuseAsGo }

function answerAsGo(request: Request, response: Response): Answer {
  const { status, body } = response
  const head = request.method === 'HEAD'
  const headers = [...response.headers].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  headers.push(['Date', httpDate()])
  const own = headerOf(response.headers, 'content-length') !== null
  const bodyless = status === 204 || (head && (body.length === 0 || body.length > bufferedBytes))
  const counted = !bodyless && !own && body.length <= bufferedBytes
  if (counted) headers.push(['Content-Length', String(body.length)])
  const close = closesAfter(request, response, counted || own)
  const connection = connectionHeader(request, response, close)
  if (connection !== null) headers.push(connection)
  if (counted || bodyless || own || request.version === '1.0') {
    return { bytes: assemble(request.version, status, headers, bodyFor(request, response)), close }
  }
  headers.push(['Transfer-Encoding', 'chunked'])
  return { bytes: assemble(request.version, status, headers, chunked(body)), close }
}

function closesAfter(request: Request, response: Response, counted: boolean): boolean {
  const connection = headerOf(request.headers, 'connection')
  // An HTTP/2 preface is answered, once, in HTTP/1.1 (facts, section 1; case h2-preface).
  if (request.method === 'PRI') return true
  if (hasToken(headerOf(response.headers, 'connection'), 'close')) return true
  // An HTTP/1.0 client may keep the connection only where a length tells it where the body ends.
  if (request.version === '1.0') return !(counted && hasToken(connection, 'keep-alive'))
  return hasToken(connection, 'close')
}

function connectionHeader(request: Request, response: Response, close: boolean): Header | null {
  if (headerOf(response.headers, 'connection') !== null) return null
  if (request.version === '1.0') return close ? null : ['Connection', 'keep-alive']
  return close ? ['Connection', 'close'] : null
}

/** A handler that writes its JSON at once yields one chunk, whatever its length. */
function chunked(body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')])
}

function refuseAsGo({ status, detail }: Problem): Buffer {
  const reason = detail === null ? reasonOf(status) : `${reasonOf(status)}: ${detail}`
  const body = status === 501 ? 'Unsupported transfer encoding' : `${status} ${reason}`
  return Buffer.from(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n${body}`,
  )
}
