import { parseAddress } from '#shared/domain/address.ts'
import type { EndpointPlace, ListedModel, Target } from '#shared/domain/observation.ts'
import type { PlannedBlock } from '#shared/domain/plan.ts'
import type { Layout } from '../scanner/layout.ts'
import * as endpoints from '../store/endpoints.ts'
import type { WritableStore } from '../store/statement.ts'
import type { ScanLedger } from './scan-ledger.ts'

/** What the parts of a scan's recorder share. */
export interface Recording {
  readonly store: WritableStore
  readonly scan: RecordedScan
  readonly ledger: ScanLedger
  /** Endpoints of this scan that are genuine Ollama, by place. */
  readonly holders: Map<string, SeenHolder>
  /** Digests something new was said about, by site. */
  readonly claimed: Map<number, Set<string>>
  /** Instances that were counted: several endpoints are still one instance. */
  readonly seen: Set<number>
  readonly changed: Set<number>
  /** Instances this scan found. */
  readonly fresh: Set<number>
}

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
  readonly layout: Layout
  /** The zone of each range in the plan. */
  readonly zoneOf: (range: number) => string
}

export function blockFor({ scan }: Recording, { address, port }: Target): PlannedBlock {
  const parsed = parseAddress(address)
  const permit = parsed === null ? 'outside' : scan.layout.permit(parsed, port)
  if (typeof permit === 'string') throw new Error(`observed ${address}:${port}, which is ${permit}`)
  return permit
}

export function beginSpell(store: WritableStore, spell: Parameters<typeof endpoints.addSpell>[1]): void {
  const { id } = endpoints.addSpell(store, spell)
  endpoints.setSpell(store, { id: spell.endpoint, spell: id })
}
