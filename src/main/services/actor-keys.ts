import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  scrypt,
} from 'node:crypto'
import { promisify } from 'node:util'
import type { RandomBytes } from './identity.ts'

/** An actor's key as the store keeps it. */
export interface KeptKey {
  readonly publicKey: Uint8Array
  readonly privateKey: Uint8Array
  readonly lock: string | null
}

interface Lock {
  readonly salt: string
  readonly nonce: string
  readonly tag: string
  readonly cost: number
  readonly blockSize: number
  readonly parallel: number
}

/** 128 MB and about a third of a second for one guess (OWASP password storage, scrypt). */
const cost = 2 ** 17
const scryptAsync = promisify<string, Uint8Array, number, object, Buffer>(scrypt)

/** What stands before the seed of an Ed25519 key in PKCS #8 (RFC 8410). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The key of a seed that is not sealed. */
export function keyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' })
}

function publicKeyOf(seed: Uint8Array): Buffer {
  const { x } = createPublicKey(keyOf(seed)).export({ format: 'jwk' })
  return Buffer.from(x ?? '', 'base64url')
}

/** A new key that needs no passphrase: it is as safe as the data folder. */
export function openKey(randomBytes: RandomBytes): KeptKey {
  const seed = randomBytes(32)
  return { publicKey: publicKeyOf(seed), privateKey: seed, lock: null }
}

/** A new key that only the passphrase unlocks: scrypt, then AES-256-GCM, which also tells a wrong passphrase. */
export async function lockedKey(passphrase: string, randomBytes: RandomBytes): Promise<KeptKey> {
  return lockSeed(randomBytes(32), passphrase, randomBytes)
}

/** The same key behind another passphrase; null: the passphrase until now is another one. */
export async function relockKey(
  kept: { readonly private_key: Uint8Array; readonly lock: string | null },
  current: string,
  passphrase: string,
  randomBytes: RandomBytes,
): Promise<KeptKey | null> {
  const key = await unlockKey(kept, current)
  if (key === null) return null
  const { d } = key.export({ format: 'jwk' })
  return lockSeed(Buffer.from(d ?? '', 'base64url'), passphrase, randomBytes)
}

async function lockSeed(seed: Uint8Array, passphrase: string, randomBytes: RandomBytes): Promise<KeptKey> {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)]
  const cipher = createCipheriv('aes-256-gcm', await stretch(passphrase, salt, cost, 8, 1), nonce)
  const privateKey = Buffer.concat([cipher.update(seed), cipher.final()])
  const lock: Lock = {
    salt: hex(salt),
    nonce: hex(nonce),
    tag: hex(cipher.getAuthTag()),
    cost,
    blockSize: 8,
    parallel: 1,
  }
  return { publicKey: publicKeyOf(seed), privateKey, lock: JSON.stringify(lock) }
}

/** The key itself; null: not with this passphrase. */
export async function unlockKey(
  kept: { readonly private_key: Uint8Array; readonly lock: string | null },
  passphrase: string,
): Promise<KeyObject | null> {
  if (kept.lock === null) return keyOf(kept.private_key)
  const lock: Lock = JSON.parse(kept.lock)
  const key = await stretch(passphrase, fromHex(lock.salt), lock.cost, lock.blockSize, lock.parallel)
  const decipher = createDecipheriv('aes-256-gcm', key, fromHex(lock.nonce))
  decipher.setAuthTag(fromHex(lock.tag))
  try {
    return keyOf(Buffer.concat([decipher.update(kept.private_key), decipher.final()]))
  } catch {
    return null
  }
}

/** Composed, so that the same passphrase typed on another system is the same. */
function stretch(passphrase: string, salt: Uint8Array, N: number, r: number, p: number): Promise<Buffer> {
  return scryptAsync(passphrase.normalize('NFC'), salt, 32, { N, r, p, maxmem: 256 * N * r })
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const fromHex = (text: string) => Buffer.from(text, 'hex')
