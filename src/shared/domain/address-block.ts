import { fail, type Result, succeed } from '../result.ts'
import { type Address, compareAddresses, formatAddress, parseAddress } from './address.ts'

/** A closed interval of addresses of one family. */
export interface AddressBlock {
  readonly first: Address
  readonly last: Address
}

const bitsOf = { 4: 32, 6: 128 } as const
/** IPv4 up to a /8, IPv6 up to as many addresses: 2^24. */
export const largestBlockSize = 2n ** 24n

/**
 * Reads `10.0.0.0/24`, `10.0.0.1-10.0.0.20`, `10.0.0.1-20` or one address, in IPv4 or IPv6. Host bits set in a CIDR are refused
 * rather than cut off: a typing mistake must not widen what somebody authorised.
 */
export function parseBlock(input: string): Result<AddressBlock> {
  const text = input.trim()
  if (text.includes('/')) return parseCidr(text)
  if (text.includes('-')) return parseInterval(text)
  const address = parseAddress(text)
  return address === null
    ? fail('range-malformed', { text: input })
    : succeed({ first: address, last: address })
}

function parseCidr(text: string): Result<AddressBlock> {
  const [addressText = '', lengthText = '', ...rest] = text.split('/')
  const first = parseAddress(addressText)
  if (first === null || rest.length > 0 || !/^(0|[1-9][0-9]{0,2})$/.test(lengthText)) {
    return fail('range-malformed', { text })
  }
  // An IPv4-mapped prefix counts its length in 128 bits; what is meant is the IPv4 prefix.
  const length = Number(lengthText) - (first.family === 4 && addressText.includes(':') ? 96 : 0)
  const bits = bitsOf[first.family]
  if (length < 0 || length > bits) return fail('range-malformed', { text })
  const size = 1n << BigInt(bits - length)
  const start = first.value & ~(size - 1n)
  if (start !== first.value) {
    const network = formatAddress({ family: first.family, value: start })
    return fail('range-host-bits', { text, network: `${network}/${length}`, address: formatAddress(first) })
  }
  return succeed({ first, last: { family: first.family, value: start + size - 1n } })
}

function parseInterval(text: string): Result<AddressBlock> {
  const [firstText = '', lastText = '', ...rest] = text.split('-').map(part => part.trim())
  const first = parseAddress(firstText)
  const last = parseAddress(/^[0-9]{1,3}$/.test(lastText) ? withLastOctet(firstText, lastText) : lastText)
  if (first === null || last === null || rest.length > 0 || first.family !== last.family) {
    return fail('range-malformed', { text })
  }
  return compareAddresses(first, last) > 0 ? fail('range-reversed', { text }) : succeed({ first, last })
}

/** nmap's short form: `10.0.0.1-20` ends at 10.0.0.20. */
function withLastOctet(address: string, octet: string): string {
  return address.includes(':') ? octet : address.replace(/[0-9]+$/, octet)
}

/** How many addresses the block holds. */
export function blockSize(block: AddressBlock): bigint {
  return block.last.value - block.first.value + 1n
}

/** CIDR where the block is one, else `first-last`; a single address stands alone. */
export function formatBlock(block: AddressBlock): string {
  const size = blockSize(block)
  const first = formatAddress(block.first)
  if (size === 1n) return first
  const aligned = (size & (size - 1n)) === 0n && (block.first.value & (size - 1n)) === 0n
  if (!aligned) return `${first}-${formatAddress(block.last)}`
  return `${first}/${bitsOf[block.first.family] - (size.toString(2).length - 1)}`
}

export function blockContains(outer: AddressBlock, inner: AddressBlock): boolean {
  return compareAddresses(outer.first, inner.first) <= 0 && compareAddresses(inner.last, outer.last) <= 0
}

export function blocksOverlap(a: AddressBlock, b: AddressBlock): boolean {
  return compareAddresses(a.first, b.last) <= 0 && compareAddresses(b.first, a.last) <= 0
}
