import type { Certificate, CertificateDetail } from '#shared/domain/certificate.ts'

/** What follows from a certificate for the address that showed it at an instant (ISO 8601), known by some names. */
export function judgeCertificate(
  certificate: Certificate,
  address: string,
  namesKnown: readonly string[],
  at: string,
): CertificateDetail {
  const { validFrom, validUntil, names, addresses } = certificate
  const covered =
    addresses.includes(address) || namesKnown.some(known => names.some(name => covers(name, known)))
  return {
    ...certificate,
    expired: validUntil !== null && validUntil < at,
    notYetValid: validFrom !== null && validFrom > at,
    nameMismatch: !covered,
  }
}

/** `*` stands for exactly one label, and only the first (RFC 6125). */
function covers(pattern: string, name: string): boolean {
  const known = name.toLowerCase().replace(/\.$/, '')
  if (!pattern.startsWith('*.')) return pattern === known
  const dot = known.indexOf('.')
  return dot > 0 && known.slice(dot) === pattern.slice(1)
}
