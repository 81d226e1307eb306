import { type Answer, assemble, bodyFor, type Dialect, wantsClose } from './dialect.ts'
import type { Header, Request } from './request.ts'
import { httpDate, type Response } from './response.ts'

/** A dialect that always counts its bodies and lists its headers in a fixed order. */
export interface Manner {
  /** The version it puts on the status line; an HTTP/1.0 server also closes after each answer. */
  readonly version: '1.0' | '1.1'
  readonly headers: (response: Response, frame: Frame) => readonly Header[]
  /** What it sends for bytes that are no request, then closes. */
  readonly refusal: string
}

export interface Frame {
  readonly request: Request
  readonly length: string
  readonly close: boolean
}

export function plainDialect(manner: Manner): Dialect {
  return {
    answer: (request, response): Answer => {
      const close = manner.version === '1.0' || wantsClose(request)
      const frame = { request, length: String(response.body.length), close }
      const headers = manner.headers(response, frame)
      return { bytes: assemble(manner.version, response.status, headers, bodyFor(request, response)), close }
    },
    refuse: () => Buffer.from(manner.refusal),
  }
}

/** uvicorn (FastAPI: SGLang, vLLM, Open WebUI, LiteLLM): everything in lower case, date and server first. */
export const uvicorn = plainDialect({
  version: '1.1',
  headers: ({ headers }, { length, close }) => [
    ['date', httpDate()],
    ['server', 'uvicorn'],
    ['content-length', length],
    ...headers,
    ...(close ? ([['connection', 'close']] as const) : []),
  ],
  refusal:
    'HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain; charset=utf-8\r\nconnection: close\r\n\r\nInvalid HTTP request received.',
})

/** Python's http.server: HTTP/1.0, Server and Date first, a length only where the program sets one itself. */
export function pythonServer(server: string): Dialect {
  return plainDialect({
    version: '1.0',
    headers: ({ headers }) => [['Server', server], ['Date', httpDate()], ...headers],
    refusal: `HTTP/1.0 400 Bad request syntax\r\nServer: ${server}\r\nConnection: close\r\nContent-Type: text/html;charset=utf-8\r\n\r\n<!DOCTYPE HTML>\n<html lang="en"><head><title>Error response</title></head><body><h1>Error response</h1><p>Error code: 400</p></body></html>\n`,
  })
}

/** cpp-httplib (llama.cpp, Lemonade): keep-alive first, no Date at all. */
export function httplib(server: string | null): Dialect {
  return plainDialect({
    version: '1.1',
    headers: ({ headers }, { length, close }) => [
      close ? ['Connection', 'close'] : ['Keep-Alive', 'timeout=5, max=100'],
      ...headers,
      ...(server === null ? [] : ([['Server', server]] as const)),
      ['Content-Length', length],
    ],
    refusal: 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
  })
}

/** Express on Node (LM Studio). */
export const express = plainDialect({
  version: '1.1',
  headers: ({ headers, body }, { length, close }) => [
    ['X-Powered-By', 'Express'],
    ...headers,
    ['Content-Length', length],
    ['ETag', `W/"${body.length.toString(16)}-lab"`],
    ['Date', httpDate()],
    ['Connection', close ? 'close' : 'keep-alive'],
    ...(close ? [] : ([['Keep-Alive', 'timeout=5']] as const)),
  ],
  refusal: 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n',
})

/** Crow (C++). */
export const crow = plainDialect({
  version: '1.1',
  headers: ({ headers }, { length, close }) => [
    ...headers,
    ['Content-Length', length],
    ['Server', 'Crow/1.2.1'],
    ['Date', httpDate()],
    ['Connection', close ? 'close' : 'Keep-Alive'],
  ],
  refusal: 'HTTP/1.1 400 Bad Request\r\n\r\n',
})
