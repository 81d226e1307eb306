import { formatAddress } from '#shared/domain/address.ts'

/** A /24 (in IPv6 a /120) by its key: the family, then the address without its last byte. */
export function networkOfKey(key: Uint8Array): string {
  const family = key[0] === 4 ? 4 : 6
  const value = BigInt(`0x${Buffer.from(key.subarray(1)).toString('hex')}00`)
  return `${formatAddress({ family, value })}/${family === 4 ? 24 : 120}`
}
