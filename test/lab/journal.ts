import type { Header, Request } from './wire/request.ts'

/** One request that reached a simulated host. */
export interface RequestRecord {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly address: string
  readonly port: number
  readonly method: string
  /** The target as sent, query included. */
  readonly path: string
  readonly httpVersion: '1.0' | '1.1'
  readonly headers: readonly Header[]
  /** As UTF-8, at most 4 kB. */
  readonly body: string
  /** Such a request must never be sent by a passive scanner (facts, section 11): tests assert that there is none. */
  readonly forbidden: boolean
}

/** One TCP connection a simulated host accepted, whether or not a request followed. */
export interface ConnectionRecord {
  readonly at: number
  readonly address: string
  readonly port: number
}

const largestBody = 4096

/** Everything that reached the simulated organisation, in the order it came. */
export class Journal {
  readonly requests: RequestRecord[] = []
  readonly connections: ConnectionRecord[] = []
  #listener: ((record: RequestRecord) => void) | null = null

  /** Called with every request from now on: `--log` writes them to a file. */
  follow(listener: (record: RequestRecord) => void): void {
    this.#listener = listener
  }

  connected(address: string, port: number): void {
    this.connections.push({ at: Date.now(), address, port })
  }

  asked(address: string, port: number, request: Request, forbidden: boolean): void {
    const record: RequestRecord = {
      at: Date.now(),
      address,
      port,
      method: request.method,
      path: request.target,
      httpVersion: request.version,
      headers: request.headers,
      body: request.body.subarray(0, largestBody).toString('utf8'),
      forbidden: forbidden || isForbidden(request),
    }
    this.requests.push(record)
    this.#listener?.(record)
  }
}

const reading = ['GET', 'HEAD', 'OPTIONS']

/**
 * What no passive scanner may send to anybody (facts, section 11; SECURITY.md, rule 2). Only reading methods and
 * `POST /api/show` without `verbose` are harmless; even a GET is not where it makes the host call ollama.com, and the
 * account routes are never asked for with any method.
 */
export function isForbidden(request: Request): boolean {
  const path = request.path.replace(/^\/ollama(?=\/)/, '')
  if (path === '/api/me' || path === '/api/signout' || path.startsWith('/api/user/')) return true
  if (path === '/api/experimental/model-recommendations') return true
  if (reading.includes(request.method)) return false
  if (request.method !== 'POST' || path !== '/api/show') return true
  return /"verbose"\s*:\s*true/.test(request.body.toString('utf8'))
}
