import type { Target } from '#shared/domain/observation.ts'
import { type Answer, headerOf, textOf } from './answer.ts'
import type { Line } from './line.ts'

/** Ports of HTTPS: a first page in clear text would only be an error in somebody's log. */
const portsOfTls = new Set([443, 8443])

/**
 * Asks a target for its first page: over TLS where the port is one of TLS, or where the answer in clear text shows that
 * TLS was expected; otherwise in clear text.
 */
export async function askFirstPage(line: Line, patienceMs: number | undefined): Promise<Answer> {
  const ask = () => line.ask('root', {}, patienceMs)
  const isPortOfTls = portsOfTls.has(line.target.port)
  if (isPortOfTls && (await line.secure(patienceMs))) return ask()
  const root = await ask()
  if (isPortOfTls || !wantsTls(root, line.target)) return root
  return (await line.secure(patienceMs)) ? ask() : root
}

/**
 * Whether an answer to a question in clear text shows that the port speaks TLS. Go and Caddy ("client sent an HTTP request
 * to an HTTPS server"), nginx ("sent to HTTPS port") and Apache ("speaking plain HTTP to an SSL-enabled server port") say so
 * with a 400, some send a TLS alert, some a redirect to themselves; OpenSSL's own servers just hang up.
 */
export function wantsTls(root: Answer, { port }: Target): boolean {
  if (!root.ok) {
    if (root.failure === 'malformed') return isTlsAlert(root.firstBytes)
    return root.failure === 'closed' || root.failure === 'reset'
  }
  if (root.status === 400 || root.status === 497)
    return /https|ssl|tls/i.test(`${root.statusText} ${textOf(root).slice(0, 2000)}`)
  const location = root.status >= 300 && root.status < 400 ? headerOf(root, 'location') : null
  return location !== null && portOfHttps(location) === port
}

/** Record type 21, protocol 3.x. */
function isTlsAlert(bytes: Buffer | null): boolean {
  return bytes !== null && bytes[0] === 21 && bytes[1] === 3
}

function portOfHttps(location: string): number | null {
  const url = URL.parse(location.slice(0, 2000))
  if (url?.protocol !== 'https:') return null
  return url.port === '' ? 443 : Number(url.port)
}
