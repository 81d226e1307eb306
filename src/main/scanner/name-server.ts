import { Resolver } from 'node:dns/promises'
import { parseAddress } from '#shared/domain/address.ts'
import type { Probe } from '#shared/domain/probe.ts'
import { codeOf } from './answer.ts'
import { isHostName } from './host-name.ts'

/** The names the system's own name server knows an address by; null: it could not be asked. */
export type NameServer = (address: string) => Promise<readonly string[] | null>

/** An address has one name, sometimes a few; more is somebody's joke. */
const mostNames = 8

/** Answers that mean "it has no name", not "could not ask". */
const nameless = new Set(['ENOTFOUND', 'ENODATA'])

/**
 * Asks the name server this machine is set up with, and no other; `servers` is for tests. Only `dial.ts` may use it: a name
 * server is no target, but whom it tells is not Paddock's to say, so it is asked for sites that switched it on.
 */
export function createNameServer(servers?: readonly string[]): NameServer {
  const resolver = new Resolver({ timeout: 2_000, tries: 1 })
  if (servers !== undefined) resolver.setServers([...servers])
  return async address => {
    try {
      // Not `reverse()`: that cannot tell a name server that is silent from an address without a name.
      const names = await resolver.resolvePtr(pointerName(address))
      return [...new Set(names.filter(isHostName).map(name => name.toLowerCase().replace(/\.$/, '')))]
        .sort()
        .slice(0, mostNames)
    } catch (error) {
      return nameless.has(codeOf(error)) ? [] : null
    }
  }
}

/** `7.0.0.10.in-addr.arpa` (RFC 1035), and nibble by nibble below `ip6.arpa` (RFC 3596). */
function pointerName(text: string): string {
  const address = parseAddress(text)
  if (address === null) throw new Error(`not an address: ${text}`)
  if (address.family === 4) return `${text.split('.').reverse().join('.')}.in-addr.arpa`
  return `${[...address.value.toString(16).padStart(32, '0')].reverse().join('.')}.ip6.arpa`
}

/** The probe of a reverse look-up. */
export function reverseProbe(address: string, names: readonly string[] | null, durationMs: number): Probe {
  return {
    kind: 'reverse-dns',
    about: names === null ? null : names.join(', '),
    request: `PTR ${address}`,
    status: null,
    failure: names === null ? 'failed' : null,
    truncated: false,
    bytes: 0,
    durationMs: Math.round(durationMs * 10) / 10,
  }
}
