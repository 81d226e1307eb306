import { type IsoInstant, isoInstant } from '#shared/domain/instant.ts'
import { type Site, type SiteEdit, SiteName } from '#shared/domain/site.ts'
import type { SiteId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { addDecision } from '../store/audit.ts'
import { addSite, listSites as readSites, setReverseDns, siteByName } from '../store/sites.ts'
import type { Reading, Transaction } from './context.ts'

export function listSites({ store }: Pick<Reading, 'store'>): Site[] {
  return readSites(store, {}).map(record => ({
    id: record.id as SiteId,
    name: record.name,
    reverseDns: record.reverse_dns === 1,
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

/** Changes what a site wants of scans, from the next one on: a running one keeps its frozen plan. */
export function editSite({ store, now, actor }: Transaction, edit: SiteEdit): Result<Site> {
  const known = siteByName(store, { name: edit.site.trim() })
  if (known === undefined) return fail('site-unknown', { site: edit.site })
  setReverseDns(store, { id: known.id, reverseDns: Number(edit.reverseDns) })
  const body = JSON.stringify({ reverseDns: edit.reverseDns })
  addDecision(store, { at: now, actor, kind: 'site.edited', subject: `site ${known.id}`, body })
  const site = listSites({ store }).find(({ id }) => id === known.id)
  if (site === undefined) throw new Error(`site ${known.id} is gone`)
  return succeed(site)
}
