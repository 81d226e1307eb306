import type { ScanPlan } from '#shared/domain/plan.ts'
import type { Enquiry, EnquiryBatch } from './enquire.ts'
import type { SweepBatch } from './sweep-batch.ts'

/** Begins the network part of a scan. */
export type Sweeper = (order: SweepOrder) => SweepRun

export interface SweepOrder {
  readonly plan: ScanPlan
  /** `address:port` of endpoints known from earlier scans: what becomes of them is told one by one. */
  readonly watched: readonly string[]
  /** One bit a network: done before this scan was interrupted. */
  readonly doneBefore: Uint8Array
}

/** A scan's hands: they visit and ask, and know nothing of why. */
export interface SweepRun {
  /** How many of the workers the networks were divided among are not through with theirs. */
  sharesAtWork(): number
  /** Everything the sweep sees, until it is done or stopped. */
  sweep(): AsyncGenerator<SweepBatch, void, void>
  /** Asks details, after the sweep. */
  enquire(enquiries: readonly Enquiry[]): AsyncGenerator<EnquiryBatch, void, void>
  /** Holds new visits back, or lets them go on. */
  pause(paused: boolean): void
  /** Breaks everything off, within a second. The generators then end. */
  stop(): void
  close(): Promise<void>
}

/** Backend → worker. Batches are acknowledged, so that a slow store slows the sweep down instead of filling memory. */
export type ToSweepWorker =
  | { readonly type: 'sweep' }
  | { readonly type: 'enquire'; readonly enquiries: readonly Enquiry[] }
  | { readonly type: 'taken' }
  | { readonly type: 'pause'; readonly paused: boolean }
  | { readonly type: 'stop' }

/** Worker → backend. */
export type FromSweepWorker =
  | { readonly type: 'swept'; readonly batch: SweepBatch }
  | { readonly type: 'enquired'; readonly batch: EnquiryBatch }
  | { readonly type: 'done' }

/** What a worker is started with. */
export interface SweepWorkerData extends SweepOrder {
  readonly share: { readonly index: number; readonly count: number }
}
