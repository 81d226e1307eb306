import * as z from 'zod'

const days = z.int().min(1).max(36_500)

/** How long memory reaches and how persistence is told: an organisation's own choice, stated beside every figure. */
export const HistorySettings = z.object({
  /** What nobody has looked at for so long is said to be not covered. */
  notCoveredAfterDays: days,
  /** From this share of covering scans on an instance is persistent … */
  persistentShare: z.number().min(0.01).max(1),
  /** … if at least so many scans covered it. */
  persistentScans: z.int().min(2).max(10_000),
  /** Spells that ended longer ago are purged; null: history is kept for good. */
  keepDays: days.nullable(),
})
export type HistorySettings = z.infer<typeof HistorySettings>

export const HistorySettingsEdit = HistorySettings.partial()
export type HistorySettingsEdit = z.infer<typeof HistorySettingsEdit>

export const defaultHistorySettings: HistorySettings = {
  notCoveredAfterDays: 30,
  persistentShare: 0.8,
  persistentScans: 5,
  keepDays: null,
}
