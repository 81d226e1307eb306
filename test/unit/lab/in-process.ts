import type { HttpBehaviour } from '#lab/behaviour.ts'
import { RequestReader } from '#lab/wire/reader.ts'
import { type Parsed, parse } from './raw-client.ts'

/** What a program answers, without a socket in between. Header lines are `Name: value`. */
export function answerTo(
  program: HttpBehaviour,
  method: string,
  path: string,
  body = '',
  ...headers: string[]
): Parsed {
  const host = headers.some(line => line.startsWith('Host:')) ? [] : ['Host: 10.0.0.1:11434']
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  const lines = [`${method} ${path} HTTP/1.1`, ...host, ...headers, ...length]
  const reader = new RequestReader()
  reader.push(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`))
  const request = reader.next()
  if (request === null || 'kind' in request) throw new Error(`no request: ${method} ${path}`)
  return parse(program.dialect.answer(request, program.answer(request)).bytes.toString('latin1'))
}

/** The names of a JSON object's keys in the order they are written. */
export function keysOf(text: string): string[] {
  return Object.keys(JSON.parse(text) as object)
}
