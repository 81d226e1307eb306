import * as z from 'zod'

export const Settings = z.object({
  /** Whose data folder this is; shown in the title and on reports. */
  organisation: z.string(),
  /** An address or number a colleague can ask who finds a scan in a log: part of the User-Agent. */
  contact: z.string(),
})
export type Settings = z.infer<typeof Settings>

export const SettingsEdit = z.object({
  organisation: z.string().trim().max(120).optional(),
  contact: z.string().trim().max(120).optional(),
})
export type SettingsEdit = z.infer<typeof SettingsEdit>
