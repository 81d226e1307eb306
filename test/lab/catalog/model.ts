import { createHash } from 'node:crypto'
import type { Architecture } from './architecture.ts'
import type { LicenceName } from './licences.ts'
import type { TemplateName } from './templates.ts'

/** A model as it lies in a registry: the same on every host that pulled it. */
export interface CatalogModel {
  /** As it is listed: with its tag, with host and namespace where it has them. */
  readonly name: string
  /** The SHA-256 of its manifest, 64 hex digits. */
  readonly digest: string
  readonly sizeBytes: number
  readonly format: 'gguf' | 'safetensors' | ''
  readonly family: string
  /** Manifests before mid-2024 often had none. */
  readonly families: readonly string[] | null
  readonly parameterSize: string
  readonly quantization: string
  /** null for remote models: there is no file. */
  readonly architecture: Architecture | null
  readonly projector: Architecture | null
  /** What a server that knows every capability finds in it, in the order it lists them. */
  readonly capabilities: readonly string[]
  readonly template: TemplateName
  /** What `tags` says instead since 0.30, where its look at the head of the file misses the point (observed). */
  readonly listedAs: readonly string[] | null
  /** The chat template inside the file and what only it reveals: seen by `show` since 0.30, never by `tags`. */
  readonly inFile: { readonly template: TemplateName; readonly capabilities: readonly string[] } | null
  readonly licences: readonly LicenceName[]
  readonly system: string
  readonly parameters: readonly Parameter[]
  readonly messages: readonly { readonly role: string; readonly content: string }[]
  readonly parser: string
  readonly requires: string
  /** The model it was created from, '' for one that was pulled. */
  readonly parent: string
  readonly remote: Remote | null
}

/** Where the prompts really go. */
export interface Remote {
  readonly model: string
  readonly host: string
  readonly contextLength?: number
}

export type Parameter = readonly [key: string, value: string | number]

type Required = 'name' | 'sizeBytes' | 'family' | 'parameterSize' | 'quantization' | 'capabilities'

/** Fills in what most models have in common. */
export function model(
  given: Pick<CatalogModel, Required> & Partial<Omit<CatalogModel, Required>>,
): CatalogModel {
  return {
    // The real digests of these models are not known in full, so they are made up; equal names are equal models.
    digest: sha256(`manifest of ${given.name}`),
    format: 'gguf',
    families: [given.family],
    architecture: null,
    projector: null,
    template: 'prompt',
    listedAs: null,
    inFile: null,
    licences: [],
    system: '',
    parameters: [],
    messages: [],
    parser: '',
    requires: '',
    parent: '',
    remote: null,
    ...given,
  }
}

/** The digest of the weights of a model, which its modelfile names. */
export function blobOf(digest: string): string {
  return sha256(`blob of ${digest}`)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
