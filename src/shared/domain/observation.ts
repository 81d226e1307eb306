import { formatAddressPort } from './address.ts'
import type { Certificate } from './certificate.ts'
import type { Access, Cors } from './exposure.ts'
import type { Instant } from './instant.ts'
import type { ModelLicence } from './licence.ts'
import type { RunningModel } from './model.ts'
import type { Probe } from './probe.ts'
import type { Identity } from './product.ts'
import type { Protection } from './protection.ts'
import type { SystemPrompt } from './system-prompt.ts'
import type { VersionBracket } from './version-bracket.ts'

/** One address and port due a visit. */
export interface Target {
  readonly address: string
  readonly port: number
}

/** One way in to a target. */
export interface EndpointPlace {
  readonly target: Target
  readonly scheme: 'http' | 'https'
  readonly basePath: string
}

/** `https://10.0.0.1:443/ollama`: names an endpoint within its site. */
export function formatPlace({ target, scheme, basePath }: EndpointPlace): string {
  return `${scheme}://${formatAddressPort(target.address, target.port)}${basePath}`
}

/** A model as an instance lists it. */
export interface ListedModel {
  readonly name: string
  readonly digest: string | null
  /** The instant of `modified_at`, in UTC with nine fractional digits: half of an instance's fingerprint. */
  readonly modifiedAt: string | null
  readonly sizeBytes: number | null
  readonly format: string | null
  readonly family: string | null
  readonly families: readonly string[]
  readonly parameterSize: string | null
  readonly quantization: string | null
  readonly remoteModel: string | null
  readonly remoteHost: string | null
  readonly contextLength: number | null
  /** What the list itself declares (Ollama ≥ 0.30); null: it does not say. */
  readonly capabilities: readonly string[] | null
}

/** A host name and who said so. */
export interface HostName {
  readonly name: string
  readonly source: 'certificate' | 'reverse-dns' | 'neighbour-table'
}

/**
 * What one scan saw at one endpoint. Immutable. Every fact may be null: the question was not asked or failed.
 * That is *unknown*, and differs from nothing that was known before.
 */
export interface Observation extends EndpointPlace {
  /** What the handshake showed; null: in clear text. */
  readonly certificate: Certificate | null
  readonly observedAt: Instant
  readonly identity: Identity
  readonly version: string | null
  /** Which releases it can be by what it does; null: no Ollama. */
  readonly bracket: VersionBracket | null
  readonly access: { readonly api: Access; readonly v1: Access }
  readonly cors: Cors
  readonly protection: Protection
  /** What stands in front, by a header Ollama never sends: `Server: nginx/1.24.0`. null: nothing shows. */
  readonly front: string | null
  /** null: unknown. */
  readonly models: readonly ListedModel[] | null
  readonly running: readonly RunningModel[] | null
  /** Whether the instance says that it uses no cloud models (Ollama ≥ 0.16.2). */
  readonly cloudDisabled: boolean | null
  readonly hostNames: readonly HostName[]
  /** Of its network card, as the neighbour table of this machine has it; null: not a neighbour. */
  readonly hardwareAddress: string | null
  /** Base paths of the same target at which the questions were answered, and by nothing that belongs in the inventory. */
  readonly vacantPaths: readonly string[]
  readonly probes: readonly Probe[]
}

/** What `show` said about one model on one server: capabilities belong to (digest, server generation). */
export interface Claim {
  readonly digest: string
  readonly generation: string
  readonly capabilities: readonly string[]
  /** How they are known: declared by the server, or derived from the template and the file's own keys. */
  readonly method: 'declared' | 'derived'
  /** null: the model has none. */
  readonly system: SystemPrompt | null
  readonly licence: ModelLicence
  readonly askedAt: Instant
  readonly place: EndpointPlace
}
