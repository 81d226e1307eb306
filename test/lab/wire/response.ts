import type { Header } from './request.ts'

/** What a program answers, before its HTTP library adds date, length and framing: that is the dialect's part. */
export interface Response {
  readonly status: number
  readonly headers: readonly Header[]
  readonly body: Buffer
}

const noBody = Buffer.alloc(0)

export function respond(
  status: number,
  headers: readonly Header[],
  body: string | Buffer = noBody,
): Response {
  return { status, headers, body: typeof body === 'string' ? Buffer.from(body, 'utf8') : body }
}

export function withHeaders(response: Response, headers: readonly Header[]): Response {
  return headers.length === 0 ? response : { ...response, headers: [...response.headers, ...headers] }
}

const reasons: Record<number, string> = {
  200: 'OK',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  307: 'Temporary Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  422: 'Unprocessable Entity',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  505: 'HTTP Version Not Supported',
}

export function reasonOf(status: number): string {
  return reasons[status] ?? 'Unknown'
}

/** The Date header, computed once a second. */
export function httpDate(): string {
  const second = Math.floor(Date.now() / 1000)
  if (second !== dateCache.second) {
    dateCache.second = second
    dateCache.text = new Date(second * 1000).toUTCString()
  }
  return dateCache.text
}

const dateCache = { second: 0, text: '' }
