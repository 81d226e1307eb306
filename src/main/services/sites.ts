import { type IsoInstant, isoInstant } from '#shared/domain/instant.ts'
import { type Site, SiteName } from '#shared/domain/site.ts'
import type { SiteId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { addSite, listSites as readSites, siteByName } from '../store/sites.ts'
import type { Reading, Transaction } from './context.ts'

export function listSites({ store }: Reading): Site[] {
  return readSites(store, {}).map(record => ({
    id: record.id as SiteId,
    name: record.name,
    createdAt: isoInstant(record.created_at) satisfies IsoInstant,
    rangeCount: record.range_count ?? 0,
    instanceCount: record.instance_count ?? 0,
  }))
}

/** The site of that name (case does not matter), founded if it is new. */
export function siteNamed({ store, now }: Transaction, name: string): Result<{ id: number; name: string }> {
  const parsed = SiteName.safeParse(name)
  if (!parsed.success) return fail('site-malformed', { site: name })
  const known = siteByName(store, { name: parsed.data })
  if (known !== undefined) return succeed(known)
  return succeed({ id: addSite(store, { name: parsed.data, at: now }).id, name: parsed.data })
}
