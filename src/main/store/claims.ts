import { sql } from 'kysely'
import { change, rows } from './statement.ts'

export const keepClaim = change<{
  site: number
  digest: string
  generation: string
  endpoint: number
  capabilities: string
  method: string
  system: string | null
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
      asked_at: $.at,
      scan_id: $.scan,
    })
    .onConflict(conflict =>
      conflict.columns(['site_id', 'digest', 'generation', 'endpoint_id']).doUpdateSet({
        capabilities: $.capabilities,
        method: $.method,
        system_prompt: $.system,
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
    ])
    .select('asked_at')
    .select(['endpoints.address', 'endpoints.port'])
    .where('capability_claims.site_id', '=', $.site)
    .where('digest', '=', $.digest)
    .where('generation', '=', $.generation)
    .orderBy('capability_claims.endpoint_id'),
)
export type ClaimRecord = ReturnType<typeof claimsFor>[number]

/** Instances of a site that hold one of the digests now: what is said of them may change with a new claim. */
export const instancesHolding = rows<{ site: number; digests: string }>()((db, $) =>
  db
    .selectFrom('artifacts')
    .innerJoin('snapshot_artifacts', 'snapshot_artifacts.artifact_id', 'artifacts.id')
    .innerJoin('spells', 'spells.snapshot_id', 'snapshot_artifacts.snapshot_id')
    .innerJoin('endpoints', 'endpoints.spell_id', 'spells.id')
    .innerJoin('instance_endpoints as link', 'link.endpoint_id', 'endpoints.id')
    .select('link.instance_id')
    .distinct()
    .where('link.unlinked_at', 'is', null)
    .where('endpoints.site_id', '=', $.site)
    .where('artifacts.digest', 'in', sql<string>`(SELECT value FROM json_each(${$.digests}))`),
)

/** What was answered about a digest, whoever was asked. */
export const claimsAbout = rows<{ digest: string }>()((db, $) =>
  db
    .selectFrom('capability_claims')
    .innerJoin('endpoints', 'endpoints.id', 'capability_claims.endpoint_id')
    .innerJoin('sites', 'sites.id', 'capability_claims.site_id')
    .select(['generation', 'capabilities', 'method', 'asked_at', 'sites.name as site'])
    .select(['endpoints.address', 'endpoints.port'])
    .where('digest', '=', $.digest)
    .orderBy('asked_at', 'desc')
    .limit(sql.lit(200)),
)
