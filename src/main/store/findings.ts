import { sql } from 'kysely'
import { type builder, change, row, rows } from './statement.ts'

interface Written {
  [key: string]: string | number | null
  label: string
  severity: string
  verdict: string
  revision: string
  facts: number
  observations: string
  status: string
  statusBefore: string | null
  reason: string
  openedAt: number
  statusAt: number
  dueAt: number | null
  dueLeftMs: number | null
}

type Placeholders = Parameters<Parameters<ReturnType<typeof change<Written>>>[0]>[1]

const writtenColumns = ($: Placeholders) => ({
  label: $.label,
  severity: $.severity,
  verdict: $.verdict,
  revision: $.revision,
  facts_id: $.facts,
  observations: $.observations,
  status: $.status,
  status_before: $.statusBefore,
  reason: $.reason,
  opened_at: $.openedAt,
  status_at: $.statusAt,
  due_at: $.dueAt,
  due_left_ms: $.dueLeftMs,
})

export const addFinding = change<Written & { rule: string; instance: number; part: string }>()((db, $) =>
  db.insertInto('findings').values({
    rule: $.rule,
    instance_id: $.instance,
    part: $.part,
    ...writtenColumns($),
  }),
)

export const updateFinding = change<Written & { id: number }>()((db, $) =>
  db.updateTable('findings').set(writtenColumns($)).where('id', '=', $.id),
)

export const findingById = row<{ id: number }>()((db, $) =>
  db.selectFrom('findings').selectAll().where('id', '=', $.id),
)
export type FindingRecord = NonNullable<ReturnType<typeof findingById>>

/** With the place of its instance, and the scan that saw it last so. */
const listed = (db: typeof builder) =>
  db
    .selectFrom('findings')
    .innerJoin('instances', 'instances.id', 'findings.instance_id')
    .innerJoin('sites', 'sites.id', 'instances.site_id')
    .selectAll('findings')
    .select(['instances.address', 'instances.port', 'instances.site_id', 'sites.name as site'])
    .select('instances.first_seen_at')
    .leftJoin('finding_facts', 'finding_facts.id', 'findings.facts_id')
    .select('finding_facts.content as facts')
    .select([
      sql<
        number | null
      >`(SELECT max(last_scan_id) FROM spells WHERE id IN (SELECT value FROM json_each(findings.observations)))`.as(
        'evidence_scan',
      ),
      sql<
        number | null
      >`(SELECT max(last_at) FROM spells WHERE id IN (SELECT value FROM json_each(findings.observations)))`.as(
        'evidence_at',
      ),
    ])

/** In no order. */
export const listedFindings = rows<{ ids: string }>()((db, $) =>
  listed(db).where('findings.id', 'in', sql<number>`(SELECT value FROM json_each(${$.ids}))`),
)
export type ListedFinding = ReturnType<typeof listedFindings>[number]

export const listedFindingById = row<{ id: number }>()((db, $) => listed(db).where('findings.id', '=', $.id))

export const moveFinding = change<{ id: number; status: string; reason: string; at: number }>()((db, $) =>
  db
    .updateTable('findings')
    .set({ status: $.status, reason: $.reason, status_at: $.at, status_before: sql<null>`NULL` })
    .where('id', '=', $.id),
)

export const addFindingEvent = change<{
  finding: number
  at: number
  status: string
  reason: string
  actor: string | null
}>()((db, $) =>
  db
    .insertInto('finding_events')
    .values({ finding_id: $.finding, at: $.at, status: $.status, reason: $.reason, actor: $.actor }),
)

export const eventsOfFinding = rows<{ finding: number }>()((db, $) =>
  db.selectFrom('finding_events').selectAll().where('finding_id', '=', $.finding).orderBy('id'),
)

/** Everything that happened to the findings of an instance, oldest first. */
export const findingEventsOf = rows<{ instance: number }>()((db, $) =>
  db
    .selectFrom('findings')
    .innerJoin('finding_events as event', 'event.finding_id', 'findings.id')
    .select(['findings.id', 'rule', 'part', 'label', 'severity'])
    .select(['event.at', 'event.status', 'event.reason', 'event.actor'])
    .where('findings.instance_id', '=', $.instance)
    .orderBy('event.id'),
)

export const keepVerdicts = change<{ instance: number; at: number; lookAgainAt: number; unknown: string }>()(
  (db, $) =>
    db
      .insertInto('instance_verdicts')
      .values({
        instance_id: $.instance,
        evaluated_at: $.at,
        look_again_at: $.lookAgainAt,
        unknown: $.unknown,
      })
      .onConflict(conflict =>
        conflict.column('instance_id').doUpdateSet({
          evaluated_at: $.at,
          look_again_at: $.lookAgainAt,
          unknown: $.unknown,
        }),
      ),
)

export const staleInstances = rows<{ limit: number }>()((db, $) =>
  db.selectFrom('stale_instances').select('instance_id').orderBy('instance_id').limit($.limit),
)

export const countStale = row()(db =>
  db.selectFrom('stale_instances').select(eb => eb.fn.countAll<number>().as('count')),
)

export const clearStale = change<{ instance: number }>()((db, $) =>
  db.deleteFrom('stale_instances').where('instance_id', '=', $.instance),
)

/** All of them, or those that were never judged. */
export const markAllStale = change<{ all: number }>()((db, $) =>
  db
    .insertInto('stale_instances')
    .columns(['instance_id'])
    .expression(
      db
        .selectFrom('instances')
        .select('id as instance_id')
        .where(eb =>
          eb.or([
            eb($.all, '=', sql.lit(1)),
            eb('id', 'not in', db.selectFrom('instance_verdicts').select('instance_id')),
          ]),
        ),
    )
    .onConflict(conflict => conflict.column('instance_id').doNothing()),
)

/** Those of which time alone may have changed a verdict. */
export const markDueStale = change<{ now: number }>()((db, $) =>
  db
    .insertInto('stale_instances')
    .columns(['instance_id'])
    .expression(db.selectFrom('instance_verdicts').select('instance_id').where('look_again_at', '<=', $.now))
    .onConflict(conflict => conflict.column('instance_id').doNothing()),
)

export const markStale = change<{ instance: number }>()((db, $) =>
  db
    .insertInto('stale_instances')
    .values({ instance_id: $.instance })
    .onConflict(conflict => conflict.column('instance_id').doNothing()),
)

/** What a scan saw of the ways into an instance that are silent now: since when, and in how many scans. */
export const spellsNow = rows<{ instance: number }>()((db, $) =>
  db
    .selectFrom('instance_endpoints as link')
    .innerJoin('last_looks as look', 'look.endpoint_id', 'link.endpoint_id')
    .innerJoin('spell_records as spell', 'spell.id', 'look.spell_id')
    .select(['spell.id', 'outcome', 'first_at', 'look.at as last_at'])
    .select(['look.scan_count', 'look.scan_id as last_scan_id'])
    .where('link.instance_id', '=', $.instance)
    .where('link.unlinked_at', 'is', null)
    .orderBy('spell.id'),
)

/** Findings that moved after an instant, among some. */
export const movedSince = row<{ ids: string; at: number }>()((db, $) =>
  db
    .selectFrom('findings')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('id', 'in', sql<number>`(SELECT value FROM json_each(${$.ids}))`)
    .where('status_at', '>', $.at),
)

/** So many changes are kept for readers to follow; whoever is further behind reads everything anew. */
export const forgetFindingChanges = change<{ most: number }>()((db, $) =>
  db
    .deleteFrom('finding_changes')
    .where('id', '<=', eb =>
      eb.selectFrom('finding_changes').select(sql<number>`max(id) - ${$.most}`.as('id')),
    ),
)
