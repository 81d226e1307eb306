import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isIPv6 } from 'node:net'

/** What a certificate is to say. */
export interface CertificateWish {
  readonly commonName: string
  readonly organisation?: string
  /** Alternative names: hosts and addresses. */
  readonly names?: readonly string[]
  readonly addresses?: readonly string[]
  /** Default: a year around now. */
  readonly validFrom?: Date
  readonly validUntil?: Date
  /** Who signs; default: itself. */
  readonly issuer?: Issued
}

/** A certificate with its key, as servers load them. */
export interface Issued {
  readonly commonName: string
  readonly organisation: string | undefined
  readonly key: KeyObject
  /** Both in PEM. */
  readonly keyText: string
  readonly text: string
}

const day = 86_400_000

/**
 * Issues an X.509 certificate (RFC 5280): made anew each time, because one kept in a repository is either expired one day or
 * a key everybody has. Node can read certificates, not write them; the few lines of DER below can.
 */
export function issueCertificate(wish: CertificateWish): Issued {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { commonName, organisation, issuer } = wish
  const own = { commonName, organisation, key: privateKey }
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    nameOf(issuer ?? own),
    sequence(
      time(wish.validFrom ?? new Date(Date.now() - 180 * day)),
      time(wish.validUntil ?? new Date(Date.now() + 180 * day)),
    ),
    nameOf(own),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...extensionsOf(wish),
  )
  const signature = sign('sha256', body, issuer?.key ?? privateKey)
  const certificate = sequence(body, ecdsaWithSha256, bits(signature))
  return {
    ...own,
    keyText: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    text: pem(certificate),
  }
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

function extensionsOf({ names = [], addresses = [] }: CertificateWish): Buffer[] {
  const alternatives = [
    ...names.map(name => element(0x82, Buffer.from(name, 'latin1'))),
    ...addresses.map(address => element(0x87, bytesOf(address))),
  ]
  if (alternatives.length === 0) return []
  const subjectAltName = sequence(
    identifier('551d11'),
    element(0x04, element(0x30, Buffer.concat(alternatives))),
  )
  return [explicit(3, sequence(subjectAltName))]
}

function nameOf({ commonName, organisation }: Pick<Issued, 'commonName' | 'organisation'>): Buffer {
  const part = (oid: string, text: string) =>
    element(0x31, sequence(identifier(oid), element(0x0c, Buffer.from(text))))
  const organisations = organisation === undefined ? [] : [part('55040a', organisation)]
  return sequence(...organisations, part('550403', commonName))
}

function bytesOf(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split('.').map(Number))
  const [head = '', tail] = address.split('::')
  const groups = (text: string) => (text === '' ? [] : text.split(':'))
  const missing = 8 - groups(head).length - groups(tail ?? '').length
  const all = [...groups(head), ...Array.from({ length: missing }, () => '0'), ...groups(tail ?? '')]
  return Buffer.from(all.map(group => group.padStart(4, '0')).join(''), 'hex')
}

/** UTCTime until 2049, GeneralizedTime from then on (RFC 5280, 4.1.2.5). */
function time(at: Date): Buffer {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, '')
  const year = at.getUTCFullYear()
  return year >= 1950 && year < 2050
    ? element(0x17, Buffer.from(digits.slice(2)))
    : element(0x18, Buffer.from(digits))
}

const ecdsaWithSha256 = sequence(identifier('2a8648ce3d040302'))

function sequence(...parts: readonly Buffer[]): Buffer {
  return element(0x30, Buffer.concat(parts))
}

function integer(bytes: Buffer): Buffer {
  return element(0x02, bytes)
}

function identifier(hex: string): Buffer {
  return element(0x06, Buffer.from(hex, 'hex'))
}

function bits(content: Buffer): Buffer {
  return element(0x03, Buffer.concat([Buffer.from([0]), content]))
}

function explicit(tag: number, content: Buffer): Buffer {
  return element(0xa0 + tag, content)
}

function element(tag: number, content: Buffer): Buffer {
  const { length } = content
  const long = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...(length < 128 ? [length] : long)]), content])
}
