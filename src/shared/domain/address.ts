/**
 * IP addresses as numbers. An IPv4-mapped IPv6 address (`::ffff:10.0.0.1`) *is* the IPv4 address: the kernel
 * connects to the same host, so reading it as anything else would walk around an exclusion.
 */
export interface Address {
  readonly family: 4 | 6
  /** 0 … 2^32−1 for IPv4, 0 … 2^128−1 for IPv6. */
  readonly value: bigint
}

const mappedPrefix = 0xffffn << 32n
const hexGroup = /^[0-9a-fA-F]{1,4}$/

/** Reads one address. Strict: no leading zeros (octal to some readers), no zone index, no brackets. */
export function parseAddress(text: string): Address | null {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

function parseIpv4(text: string): Address | null {
  if (text.length > 15) return null
  let value = 0
  let octet = ''
  let dots = 0
  // By character: this runs for every connection of a scan.
  for (const character of `${text}.`) {
    if (character !== '.') octet += character
    else {
      const number = octetOf(octet)
      if (number === null) return null
      value = value * 256 + number
      octet = ''
      dots++
    }
  }
  return dots === 4 ? { family: 4, value: BigInt(value) } : null
}

const octets = new Map(Array.from({ length: 256 }, (_, number) => [String(number), number]))

/** Decimal, without leading zeros. */
function octetOf(text: string): number | null {
  return octets.get(text) ?? null
}

function parseIpv6(text: string): Address | null {
  if (text.length > 45) return null
  const halves = text.split('::')
  if (halves.length > 2) return null
  const head = groupsOf(halves[0] ?? '', halves.length === 1)
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? '', true) : []
  if (head === null || tail === null) return null
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  const groups = [...head, ...new Array<bigint>(missing).fill(0n), ...tail]
  const value = groups.reduce((sum, group) => (sum << 16n) | group, 0n)
  return unmapped({ family: 6, value })
}

/** The 16-bit groups of one side of `::`; a dotted IPv4 tail counts as two, and only at the very end. */
function groupsOf(text: string, mayEndDotted: boolean): bigint[] | null {
  if (text === '') return []
  const parts = text.split(':')
  const groups: bigint[] = []
  for (const [index, part] of parts.entries()) {
    if (hexGroup.test(part)) groups.push(BigInt(`0x${part}`))
    else {
      const dotted = mayEndDotted && index === parts.length - 1 ? parseIpv4(part) : null
      if (dotted === null) return null
      groups.push(dotted.value >> 16n, dotted.value & 0xffffn)
    }
  }
  return groups
}

function unmapped(address: Address): Address {
  return address.value >> 32n === mappedPrefix >> 32n
    ? { family: 4, value: address.value & 0xffffffffn }
    : address
}

/** The canonical text: dotted decimal, or RFC 5952 (lower case, longest run of zeros as `::`). */
export function formatAddress(address: Address): string {
  return address.family === 4 ? formatIpv4(address.value) : formatIpv6(address.value)
}

function formatIpv4(value: bigint): string {
  const number = Number(value)
  return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`
}

function formatIpv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    Number((value >> BigInt(112 - 16 * index)) & 0xffffn),
  )
  const run = longestZeroRun(groups)
  const hex = (part: number[]) => part.map(group => group.toString(16)).join(':')
  if (run.length < 2) return hex(groups)
  return `${hex(groups.slice(0, run.start))}::${hex(groups.slice(run.start + run.length))}`
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  let start = 0
  for (const [index, group] of groups.entries()) {
    if (group !== 0) start = index + 1
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start }
  }
  return best
}

/** Orders IPv4 before IPv6, then by number. */
export function compareAddresses(a: Address, b: Address): number {
  if (a.family !== b.family) return a.family - b.family
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0
}

/** `10.0.0.1:11434`, `[fd00::1]:11434`. */
export function formatAddressPort(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}
