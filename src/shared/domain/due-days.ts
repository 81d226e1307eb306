import * as z from 'zod'

/** Days from the opening of a finding until it is due; null: its clock never runs. */
const days = z.int().min(1).max(3650).nullable()

export const DueDays = z.object({ critical: days, high: days, medium: days, low: days })
export type DueDays = z.infer<typeof DueDays>

export const usualDueDays: DueDays = { critical: 7, high: 30, medium: 90, low: 180 }

/** Absent: as it is. */
export const DueDaysEdit = DueDays.partial()
export type DueDaysEdit = z.infer<typeof DueDaysEdit>
