import { type Header, type Problem, problem } from './request.ts'

/**
 * Reading the head of a request the way Go's net/http does, with its verdicts on what is malformed. Observed on the real
 * server, recorded cases host-*, http09, http20-line, lowercase-method, bad-header-name (versions 0.1.3 to 0.33.0-rc2).
 */
export interface StartLine {
  readonly method: string
  readonly target: string
  readonly major: number
  readonly minor: number
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const hostCharacters = /^[A-Za-z0-9!$%&'()*+,.:;=[\]_~-]*$/

/** The first line. Go judges it as soon as it ends, before any header has arrived: hence the instant 400 for SSH or TLS. */
export function parseStartLine(line: string): StartLine | Problem {
  const first = line.indexOf(' ')
  const last = line.indexOf(' ', first + 1)
  if (first < 0 || last < 0) return problem(400)
  const method = line.slice(0, first)
  const version = /^HTTP\/(\d)\.(\d)$/.exec(line.slice(last + 1))
  if (!token.test(method) || version === null) return problem(400)
  return { method, target: line.slice(first + 1, last), major: Number(version[1]), minor: Number(version[2]) }
}

/** Header lines, without the empty one that ends them. */
export function parseHeaders(lines: readonly string[]): Header[] | Problem {
  const headers: Header[] = []
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon <= 0 || line.startsWith(' ') || line.startsWith('\t')) return problem(400)
    headers.push([line.slice(0, colon), line.slice(colon + 1).trim()])
  }
  return headers
}

/** What Go checks once the head is complete, in its order. */
export function checkHead(start: StartLine, headers: readonly Header[]): Problem | null {
  const hosts = headers.filter(([name]) => name.toLowerCase() === 'host')
  if (hosts.length > 1) return problem(400)
  const preface = start.method === 'PRI' && start.target === '*' && start.major === 2
  if (start.major !== 1 && !preface) return problem(505, 'unsupported protocol version')
  if (start.major === 1 && start.minor > 0 && hosts.length === 0 && start.method !== 'CONNECT') {
    return problem(400, 'missing required Host header')
  }
  if (!hostCharacters.test(hosts[0]?.[1] ?? '')) return problem(400, 'malformed Host header')
  return headers.every(([name]) => token.test(name)) ? null : problem(400, 'invalid header name')
}

export interface Framing {
  readonly chunked: boolean
  readonly length: number
}

/** How long the body is. */
export function framingOf(headers: readonly Header[]): Framing | Problem {
  const encoding = headers.find(([name]) => name.toLowerCase() === 'transfer-encoding')
  if (encoding !== undefined) {
    return encoding[1].toLowerCase() === 'chunked' ? { chunked: true, length: 0 } : problem(501)
  }
  const length = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? '0'
  return /^\d{1,15}$/.test(length) ? { chunked: false, length: Number(length) } : problem(400)
}
