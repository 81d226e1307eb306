import type { Request } from '../wire/request.ts'
import { type Response, respond } from '../wire/response.ts'

/** Answers by `METHOD /path`; what is not listed gets `otherwise`. */
export function byRoute(
  answers: Readonly<Record<string, Response>>,
  otherwise: (request: Request) => Response,
): (request: Request) => Response {
  const listed = new Map(Object.entries(answers))
  return request => {
    const method = request.method === 'HEAD' ? 'GET' : request.method
    return listed.get(`${method} ${request.path}`) ?? otherwise(request)
  }
}

/** JSON as JavaScript and C++ write it: no spaces, nothing escaped for HTML. */
export function compactJson(value: unknown, status = 200, type = 'application/json'): Response {
  return respond(status, [['Content-Type', type]], JSON.stringify(value))
}

/** JSON as uvicorn's frameworks send it, header names in lower case. */
export function fastapiJson(value: unknown, status = 200): Response {
  return respond(status, [['content-type', 'application/json']], JSON.stringify(value))
}

/** FastAPI's words for a path it does not have. */
export const fastapiNotFound = fastapiJson({ detail: 'Not Found' }, 404)

/** JSON as Python's json.dumps writes it: a space after every colon and comma. */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${pythonJson(item)}`)
    .join(', ')}}`
}
