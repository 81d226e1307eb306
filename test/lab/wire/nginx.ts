import { type Answer, assemble, bodyFor, type Dialect, wantsClose } from './dialect.ts'
import type { Header, Problem, Request } from './request.ts'
import { httpDate, type Response, reasonOf, respond } from './response.ts'

export const nginxVersion = 'nginx/1.24.0 (Ubuntu)'
/** Ollama answers nginx in HTTP/1.0, so a body it cannot count arrives without length and leaves in chunks. */
const countedBytes = 2048

/** nginx, with pages of its own or before another server: Server and Date first, foreign headers last. */
export const nginxDialect: Dialect = { answer: answerAsNginx, refuse: refuseAsNginx }

function answerAsNginx(request: Request, response: Response): Answer {
  const close = wantsClose(request)
  const type = response.headers.filter(([name]) => name === 'Content-Type')
  const rest = response.headers.filter(([name]) => name !== 'Content-Type')
  const chunked = response.body.length > countedBytes && request.version === '1.1'
  const framing: Header = chunked
    ? ['Transfer-Encoding', 'chunked']
    : ['Content-Length', String(response.body.length)]
  const headers: Header[] = [
    ['Server', nginxVersion],
    ['Date', httpDate()],
    ...type,
    framing,
    ['Connection', close ? 'close' : 'keep-alive'],
    ...rest,
  ]
  const body = bodyFor(request, response)
  const framed = chunked && body !== null ? chunks(body) : body
  return { bytes: assemble('1.1', response.status, headers, framed), close }
}

/** nginx passes on what it reads, 8 kB at most at a time. */
function chunks(body: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let from = 0; from < body.length; from += 8192) {
    const part = body.subarray(from, from + 8192)
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'))
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')])
}

function refuseAsNginx({ status }: Problem): Buffer {
  const page = nginxPage(status === 431 ? 400 : status)
  const headers: Header[] = [
    ['Server', nginxVersion],
    ['Date', httpDate()],
    ['Content-Type', 'text/html'],
    ['Content-Length', String(page.body.length)],
    ['Connection', 'close'],
  ]
  return assemble('1.1', page.status, headers, page.body)
}

/** nginx's own page for a status. */
export function nginxPage(status: number, extra: readonly Header[] = []): Response {
  const title = `${status} ${status === 401 ? 'Authorization Required' : reasonOf(status)}`
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>${nginxVersion}</center>\r\n</body>\r\n</html>\r\n`
  return respond(status, [['Content-Type', 'text/html'], ...extra], body)
}
