import { sql } from 'kysely'
import { change, rows } from './statement.ts'

export const keepPolicyRule = change<{ key: string; pack: string; edition: string; body: string }>()(
  (db, $) =>
    db
      .insertInto('policy_rules')
      .values({ key: $.key, pack: $.pack, edition: $.edition, body: $.body })
      .onConflict(conflict =>
        conflict.column('key').doUpdateSet({ pack: $.pack, edition: $.edition, body: $.body }),
      ),
)

export const removePolicyRule = change<{ key: string }>()((db, $) =>
  db.deleteFrom('policy_rules').where('key', '=', $.key),
)

export const listPolicyRules = rows()(db => db.selectFrom('policy_rules').selectAll().orderBy('key'))

export const listPolicySettings = rows()(db =>
  db.selectFrom('policy_settings').selectAll().orderBy('key').orderBy('site'),
)
export type PolicySettingRecord = ReturnType<typeof listPolicySettings>[number]

/** NULL leaves what is set as it is. */
export const keepPolicySetting = change<{
  key: string
  site: string
  enabled: number | null
  severity: string | null
  params: string | null
  scope: string | null
}>()((db, $) =>
  db
    .insertInto('policy_settings')
    .values({
      key: $.key,
      site: $.site,
      enabled: $.enabled,
      severity: $.severity,
      params: $.params,
      scope: $.scope,
    })
    .onConflict(conflict =>
      conflict.columns(['key', 'site']).doUpdateSet({
        enabled: sql`coalesce(${$.enabled}, enabled)`,
        severity: sql`coalesce(${$.severity}, severity)`,
        params: sql`coalesce(${$.params}, params)`,
        scope: sql`coalesce(${$.scope}, scope)`,
      }),
    ),
)
