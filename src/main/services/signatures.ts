import { createPublicKey, verify } from 'node:crypto'

/** Whether a text was signed with the key of this Ed25519 public key; both as hex digits. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'hex').toString('base64url') }
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'hex'))
  } catch {
    // No key at all: whatever it is, it signed nothing.
    return false
  }
}
