import { sql } from 'kysely'
import { builder, change, composeTuples, type ReadableStore, rows } from './statement.ts'

export const keepClaim = change<{
  site: number
  digest: string
  generation: string
  endpoint: number
  capabilities: string
  method: string
  system: string | null
  licence: number
  at: number
  scan: number
}>()((db, $) =>
  db
    .insertInto('capability_claims')
    .values({
      site_id: $.site,
      digest: $.digest,
      generation: $.generation,
      endpoint_id: $.endpoint,
      capabilities: $.capabilities,
      method: $.method,
      system_prompt: $.system,
      licence: $.licence,
      asked_at: $.at,
      scan_id: $.scan,
    })
    .onConflict(conflict =>
      conflict.columns(['site_id', 'digest', 'generation', 'endpoint_id']).doUpdateSet({
        capabilities: $.capabilities,
        method: $.method,
        system_prompt: $.system,
        licence: $.licence,
        asked_at: $.at,
        scan_id: $.scan,
      }),
    ),
)

/** What servers of one generation at a site said about a digest. */
export const claimsFor = rows<{ site: number; digest: string; generation: string }>()((db, $) =>
  db
    .selectFrom('capability_claims')
    .innerJoin('endpoints', 'endpoints.id', 'capability_claims.endpoint_id')
    .select([
      'digest',
      'generation',
      'capability_claims.endpoint_id',
      'capabilities',
      'method',
      'system_prompt',
      'licence',
    ])
    .select('asked_at')
    .select(['endpoints.address', 'endpoints.port'])
    .where('capability_claims.site_id', '=', $.site)
    .where('digest', '=', $.digest)
    .where('generation', '=', $.generation)
    .orderBy('capability_claims.endpoint_id'),
)
export type ClaimRecord = ReturnType<typeof claimsFor>[number]

/** What was said that several models can do: triples of site, digest and generation, as JSON; each by its place among them. */
export function claimsAboutEach(store: ReadableStore, triples: string): ClaimTuple[] {
  const query = builder
    .selectFrom(sql<{ key: number; value: string }>`json_each(${triples})`.as('wanted'))
    .crossJoin('capability_claims as claim')
    .select(['wanted.key', 'claim.endpoint_id', 'claim.capabilities'])
    .where('claim.site_id', '=', sql<number>`wanted.value ->> 0`)
    .where('claim.digest', '=', sql<string>`wanted.value ->> 1`)
    .where('claim.generation', '=', sql<string>`wanted.value ->> 2`)
    .orderBy('claim.endpoint_id')
  return composeTuples<ClaimTuple>(store, query)
}
/** Without what was asked about: that is as long as all the rest. */
type ClaimTuple = readonly [place: number, endpoint: number, capabilities: string]

/** Instances of a site that hold a digest now: what is said of them may change with another answer. */
export const instancesHolding = rows<{ site: number; digest: string }>()((db, $) =>
  db
    .selectFrom('artifacts')
    .innerJoin('snapshot_artifacts as listed', 'listed.artifact_id', 'artifacts.id')
    .innerJoin('instance_snapshots as shown', 'shown.snapshot_id', 'listed.snapshot_id')
    .innerJoin('instances', 'instances.id', 'shown.instance_id')
    .select('shown.instance_id')
    .distinct()
    .where('instances.site_id', '=', $.site)
    .where('artifacts.digest', '=', $.digest),
)

/** The same of those that hold models of which nobody had been asked: few, unless much is new. */
export const instancesUnasked = rows<{ site: number; digests: string }>()((db, $) =>
  db
    .selectFrom('instances')
    .innerJoin('instance_snapshots as shown', 'shown.instance_id', 'instances.id')
    .innerJoin('snapshot_artifacts as listed', 'listed.snapshot_id', 'shown.snapshot_id')
    .innerJoin('artifacts', 'artifacts.id', 'listed.artifact_id')
    .select('shown.instance_id')
    .distinct()
    .where('instances.site_id', '=', $.site)
    .where('instances.unasked_count', '>', sql.lit(0))
    .where('artifacts.digest', 'in', sql<string>`(SELECT value FROM json_each(${$.digests}))`),
)

/** What was answered about a digest, whoever was asked. */
export const claimsAbout = rows<{ digest: string }>()((db, $) =>
  db
    .selectFrom('capability_claims')
    .innerJoin('endpoints', 'endpoints.id', 'capability_claims.endpoint_id')
    .innerJoin('sites', 'sites.id', 'capability_claims.site_id')
    .select(['generation', 'capabilities', 'method', 'licence', 'asked_at', 'sites.name as site'])
    .select(['endpoints.address', 'endpoints.port'])
    .where('digest', '=', $.digest)
    .orderBy('asked_at', 'desc')
    .limit(sql.lit(200)),
)
