import type { Instant } from './instant.ts'
import type { Pace, ProfileName } from './profile.ts'
import type { ScanWindow } from './scan-window.ts'
import type { Vantage } from './vantage.ts'

/** A piece of an authorised range a scan will visit. Addresses as canonical text, so that a plan can be stored and sent. */
export interface PlannedBlock {
  readonly rangeId: number
  readonly siteId: number
  readonly first: string
  readonly last: string
  /** Of a prefix too large to enumerate: the addresses that are visited. null: all of them. */
  readonly candidates: readonly string[] | null
  readonly ports: readonly number[]
  /** From this instant on nothing more is sent there: the authorisation has ended. */
  readonly validBefore: Instant
  /** Whether its site has hosts named by the name server of this machine. */
  readonly reverseDns: boolean
  /** When it may be visited; null: always. */
  readonly windows: readonly ScanWindow[] | null
  /** Connection attempts per second for one /24 of it; null: the plan's. */
  readonly networkRate: number | null
  /** The own network it must be reached through, `10.1.4.0/24`; null where that does not matter (loopback, public). */
  readonly place: string | null
  /** The vantage it was planned from; null as above. */
  readonly vantage: Vantage | null
}

/** What a scan was told to do, frozen when it starts. */
export interface ScanPlan extends Pace {
  readonly profile: ProfileName
  readonly blocks: readonly PlannedBlock[]
  /** Never visited, whatever else says so. */
  readonly exclusions: readonly { readonly first: string; readonly last: string }[]
  /** Decides the order of visits; the same seed gives the same order. */
  readonly seed: number
  /** Whether to wait where a window is closed, instead of ending there. */
  readonly waits: boolean
  /** Whether everything asked and answered is kept, to be explained: for a single address. */
  readonly explains: boolean
  /** Whether only what imports name is visited; absent in plans of before there were imports. */
  readonly onlyCandidates?: boolean
  readonly userAgent: string
}
