import type { Certificate } from './certificate.ts'
import type { Access, Cors } from './exposure.ts'
import type { ListedModel } from './observation.ts'
import type { Product, Suspected } from './product.ts'
import type { Protection } from './protection.ts'
import type { VersionBracket } from './version-bracket.ts'

/**
 * The stable part of an observation: what stays the same from scan to scan unless something really changed. Equal facts
 * are one snapshot. null: unknown.
 */
export interface StableFacts {
  readonly product: Product
  readonly suspected: Suspected
  readonly version: string | null
  /** Which releases it can be by what it does; null: no Ollama. */
  readonly bracket: VersionBracket | null
  readonly access: { readonly api: Access; readonly v1: Access }
  readonly cors: Cors
  readonly protection: Protection
  readonly front: string | null
  readonly cloudDisabled: boolean | null
  readonly certificate: Certificate | null
  readonly models: readonly ListedModel[] | null
}
