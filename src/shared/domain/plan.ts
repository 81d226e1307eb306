import type { Instant } from './instant.ts'
import type { Vantage } from './vantage.ts'

/** A piece of an authorised range a scan will visit. Addresses as canonical text, so that a plan can be stored and sent. */
export interface PlannedBlock {
  readonly rangeId: number
  readonly siteId: number
  readonly first: string
  readonly last: string
  readonly ports: readonly number[]
  /** From this instant on nothing more is sent there: the authorisation has ended. */
  readonly validBefore: Instant
  /** The own network it must be reached through, `10.1.4.0/24`; null where that does not matter (loopback, public). */
  readonly place: string | null
  /** The vantage it was planned from; null as above. */
  readonly vantage: Vantage | null
}

/** What a scan was told to do, frozen when it starts. */
export interface ScanPlan {
  readonly blocks: readonly PlannedBlock[]
  /** Never visited, whatever else says so. */
  readonly exclusions: readonly { readonly first: string; readonly last: string }[]
  /** Connection attempts per second over the whole scan. */
  readonly rate: number
  /** The same for one /24 (IPv6: one /120). */
  readonly networkRate: number
  /** Open connection attempts at a time. */
  readonly concurrency: number
  readonly connectTimeoutMs: number
  /** Decides the order of visits; the same seed gives the same order. */
  readonly seed: number
  readonly userAgent: string
}
