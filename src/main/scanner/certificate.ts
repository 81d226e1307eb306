import type { X509Certificate } from 'node:crypto'
import { formatAddress, parseAddress } from '#shared/domain/address.ts'
import type { Certificate } from '#shared/domain/certificate.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import { isHostName } from './host-name.ts'
import { textField } from './readers.ts'

/** More than any honest certificate is for; the rest is left out. */
const mostNames = 100

/** Reads the facts of a certificate. Everything in it was written by whoever runs the server. */
export function readCertificate(shown: X509Certificate, protocol: string | null): Certificate {
  const entries = alternativeNames(shown.subjectAltName ?? '')
  const names = entries.flatMap(entry => after('DNS:', entry)).filter(isHostName)
  const addresses = entries.flatMap(entry => after('IP Address:', entry)).flatMap(canonicalAddress)
  const common = commonName(shown.subject)
  // RFC 6125: the common name counts only where there are no alternative names.
  const fallback = entries.length === 0 && common !== null ? [common] : []
  return {
    protocol: textField(protocol),
    subject: nameField(shown.subject),
    issuer: nameField(shown.issuer),
    names: distinct([...names, ...fallback.filter(isHostName)].map(name => name.toLowerCase())),
    addresses: distinct([...addresses, ...fallback.flatMap(canonicalAddress)]),
    validFrom: dateField(shown.validFrom),
    validUntil: dateField(shown.validTo),
    selfSigned: isSelfSigned(shown),
    fingerprint: shown.fingerprint256.replaceAll(':', '').toLowerCase(),
  }
}

/**
 * The entries of `DNS:a.example, IP Address:10.0.0.1`. Node quotes an entry that holds a comma or anything odd as a JSON
 * string, so that nobody can smuggle one in.
 */
export function alternativeNames(text: string): string[] {
  const entries: string[] = []
  let start = 0
  let quoted = false
  for (let at = 0; at <= text.length && entries.length < mostNames; at++) {
    const letter = text[at]
    if (letter === '\\' && quoted) at++
    else if (letter === '"') quoted = !quoted
    else if (letter === undefined || (letter === ',' && !quoted)) {
      entries.push(text.slice(start, at).trim())
      start = at + 1
    }
  }
  return entries.filter(entry => entry !== '')
}

function after(prefix: string, entry: string): string[] {
  return entry.startsWith(prefix) ? [entry.slice(prefix.length)] : []
}

function canonicalAddress(text: string): string[] {
  const address = parseAddress(text)
  return address === null ? [] : [formatAddress(address)]
}

function commonName(subject: string): string | null {
  const line = subject.split('\n').find(part => part.startsWith('CN='))
  return line === undefined ? null : line.slice(3)
}

/** `CN=a.example\nO=Example` → `CN=a.example, O=Example`. */
function nameField(name: string | undefined): string | null {
  return textField((name ?? '').slice(0, 1000).split('\n').join(', '))
}

function dateField(text: string): string | null {
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : isoInstant(at)
}

function isSelfSigned(shown: X509Certificate): boolean {
  try {
    return shown.subject === shown.issuer && shown.verify(shown.publicKey)
  } catch {
    // A key of a kind this machine cannot compute with.
    return false
  }
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort()
}
