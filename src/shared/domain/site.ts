import * as z from 'zod'
import { SiteId } from '../ids.ts'
import { IsoInstant } from './instant.ts'

/** A named place ranges belong to. Addresses are unique only within a site: private space overlaps. */
export const Site = z.object({
  id: SiteId,
  name: z.string(),
  createdAt: IsoInstant,
  rangeCount: z.int().nonnegative(),
  instanceCount: z.int().nonnegative(),
})
export type Site = z.infer<typeof Site>

export const SiteName = z.string().trim().min(1).max(120)
