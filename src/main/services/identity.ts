import type { Role } from '#shared/domain/actor.ts'

/** Bytes nobody can guess. */
export type RandomBytes = (size: number) => Uint8Array

/** In whose name something is done. */
export interface Identity {
  readonly id: number | null
  readonly name: string
  readonly role: Role
  readonly publicKey: string
  /** Whether a passphrase was given for it. */
  readonly isProven: boolean
  /** Ed25519, as hex digits; null: there is no key at hand. */
  sign(text: string): string | null
}
