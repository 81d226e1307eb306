import { type AddressBlock, blockContains, blocksOverlap, parseBlock } from './address-block.ts'

/**
 * What the address registries set aside (IANA special-purpose registries, RFC 6890). `private` here is everything
 * that does not count as public: loopback, RFC 1918, shared space 100.64/10 (RFC 6598), unique local addresses (RFC 4193).
 */
const notPublic = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '::1',
  'fc00::/7',
]
const loopback = ['127.0.0.0/8', '::1']

/** Addresses no host answers for, or every host does: a scan of them is always a mistake. */
const notScannable = [
  ['unspecified', '0.0.0.0/8'],
  ['link-local', '169.254.0.0/16'],
  ['multicast', '224.0.0.0/4'],
  ['broadcast', '255.255.255.255'],
  ['unspecified', '::'],
  ['link-local', 'fe80::/10'],
  ['multicast', 'ff00::/8'],
] as const
export type NotScannable = (typeof notScannable)[number][0]

function blockOf(text: string): AddressBlock {
  const parsed = parseBlock(text)
  if (!parsed.ok) throw new Error(`address table: ${text}`)
  return parsed.value
}

const notPublicBlocks = notPublic.map(blockOf)
const loopbackBlocks = loopback.map(blockOf)
const notScannableBlocks = notScannable.map(([kind, text]) => ({ kind, block: blockOf(text) }))

/** Whether any address of the block is reachable from the whole internet. */
export function isPublic(block: AddressBlock): boolean {
  return !notPublicBlocks.some(known => blockContains(known, block))
}

export function isLoopback(block: AddressBlock): boolean {
  return loopbackBlocks.some(known => blockContains(known, block))
}

/** The first kind of unscannable address the block touches, or null. */
export function notScannableIn(block: AddressBlock): NotScannable | null {
  return notScannableBlocks.find(known => blocksOverlap(known.block, block))?.kind ?? null
}

/** The kind of unscannable address the whole block consists of, or null. */
export function notScannableThroughout(block: AddressBlock): NotScannable | null {
  return notScannableBlocks.find(known => blockContains(known.block, block))?.kind ?? null
}

/** Private space means something only from a known place; public and loopback addresses are the same from everywhere. */
export function needsVantage(block: AddressBlock): boolean {
  return !isLoopback(block) && !isPublic(block)
}
