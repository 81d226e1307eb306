import { parseAddress } from '#shared/domain/address.ts'
import type { EndpointPlace, ListedModel, Target } from '#shared/domain/observation.ts'
import type { PlannedBlock } from '#shared/domain/plan.ts'
import type { Layout } from '../scanner/layout.ts'
import { endpointsAt, type KnownEndpoint } from '../store/endpoints.ts'
import { addressKey } from '../store/keys.ts'
import type { WritableStore } from '../store/statement.ts'
import type { Company } from './scan-company.ts'
import type { ScanLedger } from './scan-ledger.ts'
import type { SharedReads } from './shared-reads.ts'

/** What the parts of a scan's recorder share. */
export interface Recording {
  readonly store: WritableStore
  readonly scan: RecordedScan
  readonly ledger: ScanLedger
  /** Endpoints of this scan that are genuine Ollama, and of whose models not all is said yet: by place. */
  readonly holders: Map<string, SeenHolder>
  /** What may belong together. */
  readonly company: Company
  /** Instances that hold a model something new was said about. */
  readonly affected: Set<number>
  /** Instances that were counted: several endpoints are still one instance. */
  readonly seen: Set<number>
  readonly changed: Set<number>
  /** Instances this scan found. */
  readonly fresh: Set<number>
  /** The newest seal there is. */
  readonly seal: number
  /** What is read once for the transaction that is being written. */
  readonly part: { shared: SharedReads; isSeenAgain: boolean }
}

/** One target that was visited. */
export interface Visit {
  readonly target: Target
  readonly block: PlannedBlock
  readonly addressKey: Uint8Array
}

/** How much work something was, so that transactions stay short: what is the same as before is hardly any. */
export type Effort = number
export const efforts = { again: 1, anew: 6 } as const

export interface SeenHolder {
  readonly endpoint: number
  readonly site: number
  readonly place: EndpointPlace
  readonly version: string | null
  readonly models: readonly ListedModel[]
}

export interface RecordedScan {
  readonly id: number
  readonly vantage: number | null
  /** It saw something before it was interrupted. */
  readonly isBegun: boolean
  readonly layout: Layout
  /** The zone of each range in the plan. */
  readonly zoneOf: (range: number) => string
}

/** A target of the plan. */
export function visitTo({ scan }: Recording, target: Target): Visit {
  const { address, port } = target
  const parsed = parseAddress(address)
  const block = parsed === null ? 'outside' : scan.layout.permit(parsed, port)
  if (parsed === null || typeof block === 'string')
    throw new Error(`observed ${address}:${port}, which is ${block}`)
  return { target, block, addressKey: addressKey(parsed) }
}

/** Every way in that is known there now. */
export function knownAt({ store }: Recording, { target, block, addressKey }: Visit): KnownEndpoint[] {
  return endpointsAt(store, { site: block.siteId, addressKey, port: target.port })
}
