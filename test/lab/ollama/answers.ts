import { goJson } from '../wire/go-json.ts'
import { type Response, respond } from '../wire/response.ts'

/** gin's `c.JSON`: with charset, no line break at the end. */
export function json(status: number, value: unknown): Response {
  return respond(status, [['Content-Type', 'application/json; charset=utf-8']], goJson(value))
}

/** The OpenAI routes write with an encoder: no charset, a line break at the end (facts, section 1). */
export function openaiJson(status: number, value: unknown): Response {
  return respond(status, [['Content-Type', 'application/json']], `${goJson(value)}\n`)
}

export function text(status: number, type: string, body: string): Response {
  return respond(status, [['Content-Type', type]], body)
}

export function error(status: number, message: string): Response {
  return json(status, { error: message })
}

/** gin's own answers, without charset. */
export const notFound = text(404, 'text/plain', '404 page not found')
export const wrongMethod = text(405, 'text/plain', '405 method not allowed')
