import * as z from 'zod'
import { SiteId } from '../ids.ts'
import { IsoInstant } from './instant.ts'

/** A named place ranges belong to. Addresses are unique only within a site: private space overlaps. */
export const Site = z.object({
  id: SiteId,
  name: z.string(),
  /** Whether scans ask the name server of this machine for the names of its hosts. Off until somebody wants it. */
  reverseDns: z.boolean(),
  createdAt: IsoInstant,
  rangeCount: z.int().nonnegative(),
  instanceCount: z.int().nonnegative(),
})
export type Site = z.infer<typeof Site>

/** What can be changed about a site, named by its name. */
export const SiteEdit = z.object({ site: z.string().max(120), reverseDns: z.boolean() })
export type SiteEdit = z.infer<typeof SiteEdit>

export const SiteName = z.string().trim().min(1).max(120)
