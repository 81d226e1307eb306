/** One request as it was read off the wire. */
export interface Request {
  readonly method: string
  /** The request target exactly as sent, query included. */
  readonly target: string
  /** Decoded and without query: what a router matches. */
  readonly path: string
  readonly version: '1.0' | '1.1'
  readonly headers: readonly Header[]
  readonly host: string
  readonly body: Buffer
}

export type Header = readonly [name: string, value: string]

/** The first value of a header, or null. Names are compared without regard to case. */
export function headerOf(headers: readonly Header[], name: string): string | null {
  const wanted = name.toLowerCase()
  return headers.find(([header]) => header.toLowerCase() === wanted)?.[1] ?? null
}

/** Whether a comma-separated header such as `Connection` holds the token. */
export function hasToken(value: string | null, token: string): boolean {
  return (
    value
      ?.toLowerCase()
      .split(',')
      .some(part => part.trim() === token) ?? false
  )
}

/** Why bytes are no request. Each server says it in its own words: see the dialects. */
export interface Problem {
  readonly kind: 'problem'
  readonly status: 400 | 431 | 501 | 505
  /** What Go adds to the status line, null where it adds nothing. */
  readonly detail: string | null
}

export function problem(status: Problem['status'], detail: string | null = null): Problem {
  return { kind: 'problem', status, detail }
}
