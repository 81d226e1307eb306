import * as z from 'zod'
import { HistorySettings } from './history-settings.ts'

/** As the public study bands its hosts (SentinelLABS and Censys, 2026), by scans instead of its unpublished interval. */
export const bands = ['once', 'intermittent', 'persistent'] as const
export const Band = z.enum(bands)
export type Band = z.infer<typeof Band>

const count = z.int().nonnegative()

/** By what a band is told; it stands beside every figure. */
export const PersistenceDefinition = HistorySettings.pick({ persistentShare: true, persistentScans: true })
export type PersistenceDefinition = z.infer<typeof PersistenceDefinition>

export const Persistence = z.object({
  /** Scans in which it answered. */
  answered: count,
  /** Scans since it was first seen that looked where it was, and could. */
  covering: count,
  share: z.number().min(0).max(1),
  band: Band,
  definition: PersistenceDefinition,
})
export type Persistence = z.infer<typeof Persistence>

export const PersistenceSummary = z.object({
  instances: count,
  bands: z.record(Band, z.object({ instances: count, answered: count })),
  definition: PersistenceDefinition,
})
export type PersistenceSummary = z.infer<typeof PersistenceSummary>
