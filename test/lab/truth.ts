import type { Access, Cors } from '#shared/domain/exposure.ts'
import type { Model } from '#shared/domain/model.ts'
import type { TargetOutcome } from '#shared/domain/probe.ts'
import type { Product, Suspected } from '#shared/domain/product.ts'

/**
 * What can be known of one address and port from outside, in the inventory's terms: what a perfect scanner would find. It
 * is written by hand, host by host, and shares no code with what serves the bytes.
 */
export type Truth = InstanceTruth | AbsentTruth

/** Something that belongs in the inventory. Order within lists means nothing. */
export interface InstanceTruth extends Place {
  readonly kind: 'instance'
  readonly outcome: 'answered'
  readonly product: Product
  readonly suspected: Suspected
  readonly version: string | null
  /** The most open of the two below. */
  readonly access: Access
  readonly accessApi: Access
  /** `unknown` also where the release has no list under /v1. */
  readonly accessV1: Access
  readonly tls: boolean
  readonly cors: Cors
  readonly models: readonly Model[] | null
  readonly capabilities: readonly string[] | null
  readonly toolCalling: boolean | null
  readonly running: readonly string[] | null
  /**
   * `identity`: only product and suspected are certain; the rest depends on how far a scanner looks at what is no proven
   * Ollama, so tests should not insist on it.
   */
  readonly firm: 'everything' | 'identity'
  /** Where the host has several ways in: those with the same text are one instance. Default: each is one of its own. */
  readonly server?: string
}

/** Nothing that belongs in the inventory. */
export interface AbsentTruth extends Place {
  readonly kind: 'absent'
  /**
   * What becomes of the target: `answered` where something spoke, be it no HTTP; `failed` where a connection was accepted
   * and nothing came of it; `silent` where not even that.
   */
  readonly outcome: TargetOutcome
  /** Where the platform cannot do what the host is meant to do. */
  readonly note: string | null
}

interface Place {
  /** Who the host is in the story. */
  readonly host: string
  readonly address: string
  readonly port: number
}

/** The same before it is known where the host lives. */
export type Known = Omit<InstanceTruth, keyof Place> | Omit<AbsentTruth, keyof Place>
type KnownInstance = Omit<InstanceTruth, keyof Place>

type Findings = 'version' | 'models' | 'capabilities' | 'toolCalling' | 'running'

/** A genuine Ollama that anybody may use: the default exposure, with what differs from it. */
export function openOllama(found: Pick<KnownInstance, Findings> & Partial<KnownInstance>): Known {
  return {
    kind: 'instance',
    outcome: 'answered',
    product: 'ollama',
    suspected: null,
    access: 'open',
    accessApi: 'open',
    accessV1: 'open',
    tls: false,
    cors: 'restricted',
    firm: 'everything',
    ...found,
  }
}

/** Anything else that belongs in the inventory: of these nothing is claimed but what they are. */
export function other(
  product: Product,
  suspected: Suspected,
  access: Pick<KnownInstance, 'accessApi' | 'accessV1' | 'access'> & Partial<KnownInstance>,
): Known {
  return {
    kind: 'instance',
    outcome: 'answered',
    product,
    suspected,
    version: null,
    tls: false,
    cors: 'unknown',
    models: null,
    capabilities: null,
    toolCalling: null,
    running: null,
    firm: 'identity',
    ...access,
  }
}

export function absent(outcome: TargetOutcome): Known {
  return { kind: 'absent', outcome, note: null }
}
