import type { Request } from '../wire/request.ts'
import type { Release } from './release.ts'

/**
 * Where a server listens. `everywhere`: any Host is accepted. `loopback`: only local ones (since 0.1.29; facts, section 3).
 * `forwarded`: the same, met through a port forward: the address it is met at is not its own, though in the lab every
 * address is a loopback one, so 127.0.0.0/8 counts as foreign too.
 */
export type Bound = 'everywhere' | 'loopback' | 'forwarded'

/** `name`: accepted because of a name, for which OPTIONS is answered at once. */
export function hostVerdict(
  request: Request,
  bound: Bound,
  machineName: string,
  release: Release,
): 'pass' | 'foreign' | 'name' {
  if (bound === 'everywhere' || !release.since('0.1.29')) return 'pass'
  const host = withoutPort(request.host)
  if (isLocalAddress(host, bound)) return 'pass'
  // Until 0.5.2 names were compared as they are (observed, case host-LOCALHOST).
  const name = release.since('0.5.2') ? host.toLowerCase() : host
  return isLocalName(name, machineName) ? 'name' : 'foreign'
}

/** Go's net.SplitHostPort; where it fails, the whole text is the host: `[::1]` without a port keeps its brackets. */
function withoutPort(host: string): string {
  const bracketed = /^\[([^\]]*)\]:\d*$/.exec(host)
  if (bracketed !== null) return bracketed[1] ?? ''
  const parts = host.split(':')
  return parts.length === 2 ? (parts[0] ?? '') : host
}

function isLocalAddress(host: string, bound: Bound): boolean {
  if (host === '::1' || host === '::') return true
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(host)) return false
  const [a = 0, b = 0] = host.split('.').map(Number)
  if (a === 127) return bound === 'loopback'
  return host === '0.0.0.0' || a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168)
}

function isLocalName(host: string, machineName: string): boolean {
  if (host === '' || host === 'localhost' || host === machineName) return true
  return host.endsWith('.localhost') || host.endsWith('.local') || host.endsWith('.internal')
}
