import { sql } from 'kysely'
import { type builder, change, row, rows } from './statement.ts'

interface Profile {
  [key: string]: string | number
  weights: string
  facts: string
  score: number
  level: string
  likelihood: number
  impact: number
  least: number
  most: number
  factors: string
}

export const addProfile = change<Profile>()((db, $) =>
  db.insertInto('risk_profiles').values({
    weights: $.weights,
    facts: $.facts,
    score: $.score,
    level: $.level,
    likelihood: $.likelihood,
    impact: $.impact,
    least: $.least,
    most: $.most,
    factors: $.factors,
  }),
)

export const profileById = row<{ id: number }>()((db, $) =>
  db.selectFrom('risk_profiles').selectAll().where('id', '=', $.id),
)

export const profileOf = row<{ weights: string; facts: string }>()((db, $) =>
  db.selectFrom('risk_profiles').selectAll().where('weights', '=', $.weights).where('facts', '=', $.facts),
)

/** Every combination of facts that occurs: of some hundreds to thousands. */
export const listProfiles = rows()(db => db.selectFrom('risk_profiles').selectAll())
export type ProfileRecord = ReturnType<typeof listProfiles>[number]

/** The same without what explains them, after a known one: what a combination counts never changes. */
export const profilesAfter = rows<{ id: number }>()((db, $) =>
  db
    .selectFrom('risk_profiles')
    .select(['id', 'facts', 'score', 'likelihood', 'impact'])
    .where('id', '>', $.id)
    .orderBy('id'),
)

const among = (ids: unknown) => sql<number>`(SELECT value FROM json_each(${ids}))`

export const keepRisk = change<{ instance: number; profile: number; score: number; level: string }>()(
  (db, $) =>
    db
      .insertInto('instance_risks')
      .values({ instance_id: $.instance, profile_id: $.profile, score: $.score, level: $.level })
      .onConflict(conflict =>
        conflict.column('instance_id').doUpdateSet({ profile_id: $.profile, score: $.score, level: $.level }),
      ),
)

export const riskOf = row<{ instance: number }>()((db, $) =>
  db.selectFrom('instance_risks').selectAll().where('instance_id', '=', $.instance),
)

export const risksOf = rows<{ ids: string }>()((db, $) =>
  db.selectFrom('instance_risks').selectAll().where('instance_id', 'in', among($.ids)),
)

const overrides = (db: typeof builder) => db.selectFrom('risk_overrides').selectAll()

export const overridesInForce = rows<{ ids: string }>()((db, $) =>
  overrides(db).where('instance_id', 'in', among($.ids)).where('ended_at', 'is', null),
)

export const overridesOf = rows<{ instance: number }>()((db, $) =>
  overrides(db).where('instance_id', '=', $.instance).orderBy('id', 'desc'),
)
export type OverrideRecord = ReturnType<typeof overridesOf>[number]

/** Those in force first, then the newest. */
export const listOverrides = rows()(db =>
  db
    .selectFrom('risk_overrides')
    .innerJoin('instances', 'instances.id', 'risk_overrides.instance_id')
    .innerJoin('sites', 'sites.id', 'instances.site_id')
    .leftJoin('instance_risks', 'instance_risks.instance_id', 'risk_overrides.instance_id')
    .leftJoin('risk_profiles', 'risk_profiles.id', 'instance_risks.profile_id')
    .selectAll('risk_overrides')
    .select(['address', 'port', 'sites.name as site', 'risk_profiles.score as by_facts'])
    .orderBy(sql`ended_at IS NULL`, 'desc')
    .orderBy('risk_overrides.id', 'desc'),
)

export const addOverride = change<{
  instance: number
  score: number
  reason: string
  expiresOn: string
  at: number
  by: string
}>()((db, $) =>
  db.insertInto('risk_overrides').values({
    instance_id: $.instance,
    score: $.score,
    reason: $.reason,
    expires_on: $.expiresOn,
    at: $.at,
    by: $.by,
  }),
)

export const endOverride = change<{ instance: number; at: number; reason: string }>()((db, $) =>
  db
    .updateTable('risk_overrides')
    .set({ ended_at: $.at, end_reason: $.reason })
    .where('instance_id', '=', $.instance)
    .where('ended_at', 'is', null),
)

/** Instances with a decision that ends by its date. */
export const staleByOverride = change<{ today: string }>()((db, $) =>
  db
    .insertInto('stale_instances')
    .columns(['instance_id'])
    .expression(
      db
        .selectFrom('risk_overrides')
        .select('instance_id')
        .where('ended_at', 'is', null)
        .where('expires_on', '<', $.today),
    )
    .onConflict(conflict => conflict.column('instance_id').doNothing()),
)
