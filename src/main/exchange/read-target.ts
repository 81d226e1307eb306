import { formatAddress, parseAddress } from '#shared/domain/address.ts'
import type { Instant } from '#shared/domain/instant.ts'

/** Address and port as Paddock writes them, or what is wrong with them. */
export function readTarget(
  text: string | null,
  port: number | null,
): { address: string; port: number } | 'address-missing' | 'address-malformed' | 'port-malformed' {
  if (text === null || text === '') return 'address-missing'
  const address = parseAddress(text)
  if (address === null) return 'address-malformed'
  return port === null ? 'port-malformed' : { address: formatAddress(address), port }
}

export function readPort(value: unknown): number | null {
  const text = String(value)
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return port >= 1 && port <= 65_535 ? port : null
}

/** Seconds since 1970, as scanners write them; nothing before 1990 or after 2200 is one. */
export function secondsOf(value: unknown): Instant | null {
  const text = String(value ?? '')
  const seconds = /^\d{9,10}$/.test(text) ? Number(text) : 0
  return seconds > 631_152_000 && seconds < 7_258_118_400 ? seconds * 1000 : null
}
