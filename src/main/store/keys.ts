import { hash } from 'node:crypto'
import { type Address, parseAddress } from '#shared/domain/address.ts'
import { parseVersion } from '#shared/domain/version.ts'

/** Bytes that order as addresses do: the family, then the number. */
export function addressKey(address: Address): Buffer {
  const width = address.family === 4 ? 8 : 32
  return Buffer.from(`0${address.family}${address.value.toString(16).padStart(width, '0')}`, 'hex')
}

export function addressKeyOf(text: string): Buffer {
  const address = parseAddress(text)
  if (address === null) throw new Error(`not an address: ${text}`)
  return addressKey(address)
}

/** Text that orders as versions do, a release after its candidates; null where the version says nothing. */
export function versionKey(version: string | null): string | null {
  const parsed = parseVersion(version)
  if (parsed === null) return null
  const parts = [...parsed.numbers, parsed.candidate ?? 999_999_999]
  return parts.map(part => String(part).padStart(9, '0')).join('.')
}

/** SHA-256 of a value written canonically: keys in the order given, no undefined. */
export function contentDigest(value: unknown): Buffer {
  return textHash(JSON.stringify(value))
}

/** SHA-256 of a text, as bytes, … */
export function textHash(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}

/** … and as `sha256sum` writes it. */
export function textDigest(text: string): string {
  return hash('sha256', text, 'hex')
}
