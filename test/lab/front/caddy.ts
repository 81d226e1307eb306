import { type HttpBehaviour, http } from '../behaviour.ts'
import { type Answer, assemble, bodyFor, type Dialect, wantsClose } from '../wire/dialect.ts'
import { goDialect } from '../wire/go.ts'
import type { Header, Request } from '../wire/request.ts'
import { httpDate, type Response } from '../wire/response.ts'

/** Caddy in front of an Ollama: a Go program too, so it sorts, but the headers it copies are among the sorted ones. */
export function behindCaddy(behind: HttpBehaviour): HttpBehaviour {
  return http(caddyDialect, behind.answer, behind.forbids)
}

const caddyDialect: Dialect = { answer: answerAsCaddy, refuse: goDialect.refuse }

function answerAsCaddy(request: Request, response: Response): Answer {
  const counted = response.body.length <= 2048
  if (!counted) return goDialect.answer(request, marked(response))
  const close = wantsClose(request)
  const headers: Header[] = [
    ...marked(response).headers,
    ['Content-Length', String(response.body.length)],
    ['Date', httpDate()],
  ]
  headers.sort(([a], [b]) => (a < b ? -1 : 1))
  if (close) headers.push(['Connection', 'close'])
  return { bytes: assemble(request.version, response.status, headers, bodyFor(request, response)), close }
}

function marked(response: Response): Response {
  return { ...response, headers: [...response.headers, ['Server', 'Caddy'], ['Via', '1.1 Caddy']] }
}
