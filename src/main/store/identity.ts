import { type RawBuilder, sql } from 'kysely'
import { type builder, change, row, rows, tuples } from './statement.ts'

export const marksOfInstance = rows<{ instance: number }>()((db, $) =>
  db.selectFrom('identity_marks').select('mark').where('instance_id', '=', $.instance),
)

/** Instances known by a mark. More than a few are as good as many. */
export const holdersOfMark = rows<{ mark: number }>()((db, $) =>
  db
    .selectFrom('identity_marks')
    .innerJoin('instances', 'instances.id', 'identity_marks.instance_id')
    .select('instance_id')
    .where('mark', '=', $.mark)
    .where('merged_into', 'is', null)
    .limit(sql.lit(50)),
)

/** By what some instances (ids as JSON) are known: the marks of each as one text, in order. */
export const marksOfEach = tuples<readonly [instance: number, marks: string], { instances: string }>()(
  (db, $) =>
    db
      .selectFrom('identity_marks')
      .select(['instance_id', sql<string>`group_concat(mark, ',' ORDER BY mark)`.as('marks')])
      .where('instance_id', 'in', among($.instances))
      .groupBy('instance_id'),
)

/** Which of some marks, as JSON, anybody is known by: most of what is new nobody is. */
export const marksKnown = tuples<readonly [mark: number], { marks: string }>()((db, $) =>
  db
    .selectFrom(sql<{ value: number }>`json_each(${$.marks})`.as('sought'))
    .select('value')
    .where(sql<boolean>`EXISTS (SELECT 1 FROM identity_marks WHERE mark = sought.value)`),
)

export const addMark = change<{ mark: number; instance: number }>()((db, $) =>
  db
    .insertInto('identity_marks')
    .values({ mark: $.mark, instance_id: $.instance })
    .onConflict(conflict => conflict.doNothing()),
)

export const removeMarks = change<{ instance: number }>()((db, $) =>
  db.deleteFrom('identity_marks').where('instance_id', '=', $.instance),
)

/** Instances at one of whose endpoints something has been seen for the first time since an instant. */
export const instancesShowingNew = rows<{ since: number; above: number }>()((db, $) =>
  db
    // In this order: SQLite by itself goes through all links for the few that are meant.
    .selectFrom('spell_records as spell')
    .crossJoin('last_looks as look')
    .crossJoin('instance_endpoints as link')
    .whereRef('look.endpoint_id', '=', 'spell.endpoint_id')
    .whereRef('look.spell_id', '=', 'spell.id')
    .whereRef('link.endpoint_id', '=', 'look.endpoint_id')
    .where('link.unlinked_at', 'is', null)
    .select('link.instance_id')
    .distinct()
    .where('spell.id', '>', $.above)
    .where('spell.first_at', '>', $.since)
    .where('outcome', '=', sql.lit('answered')),
)

/** Where an instance is reached now, with the spell each endpoint is in. */
export const placesOf = rows<{ instance: number }>()((db, $) =>
  places(db).where('link.instance_id', '=', $.instance),
)

/** Where a scan saw some instances (ids as JSON). */
export const placesSeen = rows<{ instances: string; scan: number }>()((db, $) =>
  places(db)
    .innerJoin('instances', 'instances.id', 'link.instance_id')
    .select(['link.instance_id', 'instances.first_seen_at as found_at'])
    .where('link.instance_id', 'in', among($.instances))
    .where('spell.outcome', '=', sql.lit('answered'))
    .where('look.scan_id', '=', $.scan)
    .orderBy('link.instance_id')
    .orderBy('link.id'),
)

export type SeenPlace = ReturnType<typeof placesSeen>[number]

function among(list: RawBuilder<string>) {
  return sql<number>`(SELECT value FROM json_each(${list}))`
}

function places(db: typeof builder) {
  return db
    .selectFrom('instance_endpoints as link')
    .innerJoin('endpoints', 'endpoints.id', 'link.endpoint_id')
    .innerJoin('last_looks as look', 'look.endpoint_id', 'link.endpoint_id')
    .innerJoin('spell_records as spell', 'spell.id', 'look.spell_id')
    .select([
      'link.id as link_id',
      'link.linked_at',
      'link.reason',
      'endpoints.id',
      'endpoints.site_id',
      'endpoints.address',
      'endpoints.port',
      'endpoints.scheme',
      'endpoints.base_path',
    ])
    .select(['spell.outcome', 'spell.snapshot_id', 'spell.first_scan_id', 'spell.first_at'])
    .select(['look.scan_id as last_scan_id', 'look.at as last_at'])
    .where('link.unlinked_at', 'is', null)
}
export type PlaceRecord = ReturnType<typeof placesOf>[number]

/** The newest spell in which an endpoint answered, of those that began before an instant. */
export const answeredBefore = row<{ endpoint: number; at: number }>()((db, $) =>
  db
    .selectFrom('spells')
    .select(['snapshot_id', 'first_at', 'last_at'])
    .where('endpoint_id', '=', $.endpoint)
    .where('first_at', '<', $.at)
    .where('snapshot_id', 'is not', null)
    .orderBy('first_at', 'desc')
    .orderBy('id', 'desc')
    .limit(sql.lit(1)),
)

export const linksOf = rows<{ instance: number }>()((db, $) =>
  db.selectFrom('instance_endpoints').selectAll().where('instance_id', '=', $.instance).orderBy('id'),
)
export type LinkRow = ReturnType<typeof linksOf>[number]

export const linkById = row<{ id: number }>()((db, $) =>
  db.selectFrom('instance_endpoints').selectAll().where('id', '=', $.id),
)

export const standingLink = row<{ endpoint: number }>()((db, $) =>
  db
    .selectFrom('instance_endpoints')
    .selectAll()
    .where('endpoint_id', '=', $.endpoint)
    .where('unlinked_at', 'is', null),
)

/** Sets a link as it is to be. */
export const rewriteLink = change<{
  id: number
  instance: number
  reason: string
  unlinkedAt: number | null
}>()((db, $) =>
  db
    .updateTable('instance_endpoints')
    .set({ instance_id: $.instance, reason: $.reason, unlinked_at: $.unlinkedAt })
    .where('id', '=', $.id),
)

export const removeLink = change<{ id: number }>()((db, $) =>
  db.deleteFrom('instance_endpoints').where('id', '=', $.id),
)

export const proposalByKey = row<{ key: string }>()((db, $) =>
  db.selectFrom('identity_proposals').selectAll().where('key', '=', $.key),
)

export const proposalById = row<{ id: number }>()((db, $) =>
  db.selectFrom('identity_proposals').selectAll().where('id', '=', $.id),
)

export const openProposals = rows()(db =>
  db
    .selectFrom('identity_proposals')
    .selectAll()
    .where('state', '=', sql.lit('open'))
    .orderBy('confidence', 'desc')
    .orderBy('id'),
)
export type ProposalRecord = ReturnType<typeof openProposals>[number]

/** Those somebody answered with no, the last first. */
export const dismissedProposals = rows()(db =>
  db
    .selectFrom('identity_proposals')
    .selectAll()
    .where('state', '=', sql.lit('dismissed'))
    .orderBy('closed_at', 'desc')
    .orderBy('id')
    .limit(sql.lit(1000)),
)

interface ProposalText {
  [key: string]: string | number
  key: string
  members: string
  confidence: number
  reason: string
  details: string
}

export const addProposal = change<ProposalText & { kind: string; state: string; at: number; scan: number }>()(
  (db, $) =>
    db.insertInto('identity_proposals').values({
      kind: $.kind,
      key: $.key,
      members: $.members,
      confidence: $.confidence,
      reason: $.reason,
      details: $.details,
      state: $.state,
      opened_at: $.at,
      scan_id: $.scan,
    }),
)

export const updateProposal = change<ProposalText & { id: number }>()((db, $) =>
  db
    .updateTable('identity_proposals')
    .set({
      key: $.key,
      members: $.members,
      confidence: $.confidence,
      reason: $.reason,
      details: $.details,
      state: sql.lit('open'),
    })
    .where('id', '=', $.id),
)

export const closeProposal = change<{ id: number; state: string; at: number; by: string | null }>()((db, $) =>
  db
    .updateTable('identity_proposals')
    .set({ state: $.state, closed_at: $.at, closed_by: $.by })
    .where('id', '=', $.id),
)

export const reopenProposal = change<{ id: number }>()((db, $) =>
  db
    .updateTable('identity_proposals')
    .set({ state: sql.lit('open'), closed_at: sql.lit(null), closed_by: sql.lit(null) })
    .where('id', '=', $.id),
)

export const addIdentityChange = change<{
  at: number
  kind: string
  actor: string | null
  scan: number | null
  from: number
  to: number
  links: string
}>()((db, $) =>
  db.insertInto('identity_changes').values({
    at: $.at,
    kind: $.kind,
    actor: $.actor,
    scan_id: $.scan,
    from_instance: $.from,
    to_instance: $.to,
    links: $.links,
  }),
)

export const changesOf = rows<{ instance: number }>()((db, $) =>
  db
    .selectFrom('identity_changes')
    .selectAll()
    .where(eb => eb.or([eb('from_instance', '=', $.instance), eb('to_instance', '=', $.instance)]))
    .orderBy('id', 'desc'),
)
export type IdentityChangeRecord = ReturnType<typeof changesOf>[number]

export const undoneChange = change<{ id: number; at: number; by: string }>()((db, $) =>
  db.updateTable('identity_changes').set({ undone_at: $.at, undone_by: $.by }).where('id', '=', $.id),
)

/** The endpoint an instance was reached at last, of those it is not reached at any more. */
export const lastLeft = row<{ instance: number }>()((db, $) =>
  db
    .selectFrom('instance_endpoints as link')
    .innerJoin('endpoints', 'endpoints.id', 'link.endpoint_id')
    .leftJoin('vantages', 'vantages.id', 'endpoints.vantage_id')
    .selectAll('endpoints')
    .select([
      'link.instance_id',
      'link.reason as link_reason',
      'vantages.prefix as vantage_prefix',
      'vantages.interface as vantage_interface',
      sql<number>`link.unlinked_at`.as('left_at'),
    ])
    .where('link.instance_id', '=', $.instance)
    .where('link.unlinked_at', 'is not', null)
    .orderBy('link.unlinked_at', 'desc')
    .orderBy('link.id', 'desc')
    .limit(sql.lit(1)),
)
