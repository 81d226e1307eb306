import { type ClientRequest, request as plain, type RequestOptions } from 'node:http'
import { request as secure } from 'node:https'
import type { PostOutcome } from '#shared/domain/webhook.ts'

const patienceMs = 10_000
const loopback: Readonly<Record<string, string>> = {
  localhost: '127.0.0.1',
  '127.0.0.1': '127.0.0.1',
  '[::1]': '::1',
}

/** Why nothing is sent to an address; null: it may be. */
export function problemOfAddress(text: string): string | null {
  if (!URL.canParse(text)) return 'not an address'
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return 'it holds a user name or password'
  if (url.protocol === 'https:') return null
  if (url.protocol !== 'http:') return `${url.protocol} is not https`
  return loopback[url.hostname] === undefined ? 'without TLS only this machine can be reached' : null
}

/**
 * The only way out of Paddock besides scans, and only to addresses a person has set: one POST, no redirect followed, the
 * certificate checked, nothing of the answer kept but its status.
 */
export function post(
  address: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<PostOutcome> {
  const problem = problemOfAddress(address)
  if (problem !== null) return Promise.resolve({ problem })
  const url = new URL(address)
  const bytes = Buffer.from(body)
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': bytes.length },
    agent: false,
    signal: AbortSignal.timeout(patienceMs),
    // What a name means on this machine must not lead anywhere else.
    ...(url.protocol === 'http:' && { host: loopback[url.hostname] }),
  }
  return new Promise(resolve => {
    const sent: ClientRequest = (url.protocol === 'http:' ? plain : secure)(url, options, answer => {
      const status = answer.statusCode ?? 0
      answer.destroy()
      resolve({ problem: status >= 200 && status < 300 ? null : `status ${status}` })
    })
    sent.once('error', (error: NodeJS.ErrnoException) => {
      const isLate = error.name === 'AbortError' || error.name === 'TimeoutError'
      resolve({ problem: isLate ? 'no answer in time' : (error.code ?? error.message) })
    })
    sent.end(bytes)
  })
}
