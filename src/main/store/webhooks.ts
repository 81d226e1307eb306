import { sql } from 'kysely'
import { change, row, rows } from './statement.ts'

export const addWebhook = change<{
  url: string
  secret: string
  leastSeverity: string
  personal: number
  at: number
  by: string
}>()((db, $) =>
  db.insertInto('webhooks').values({
    url: $.url,
    secret: $.secret,
    least_severity: $.leastSeverity,
    personal: $.personal,
    created_at: $.at,
    created_by: $.by,
  }),
)

export const removeWebhook = change<{ id: number; at: number }>()((db, $) =>
  db
    .updateTable('webhooks')
    // What signed is gone with it.
    .set({ removed_at: $.at, secret: sql.lit('') })
    .where('id', '=', $.id),
)

export const webhookById = row<{ id: number }>()((db, $) =>
  db.selectFrom('webhooks').selectAll().where('id', '=', $.id).where('removed_at', 'is', null),
)
export type WebhookRecord = NonNullable<ReturnType<typeof webhookById>>

export const listWebhooks = rows()(db =>
  db.selectFrom('webhooks').selectAll().where('removed_at', 'is', null).orderBy('id'),
)

export const countDeliveries = rows<{ webhook: number }>()((db, $) =>
  db
    .selectFrom('webhook_deliveries')
    .select(['state'])
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('webhook_id', '=', $.webhook)
    .groupBy('state'),
)

export const lastProblem = row<{ webhook: number }>()((db, $) =>
  db
    .selectFrom('webhook_deliveries')
    .select('problem')
    .where('webhook_id', '=', $.webhook)
    .where('problem', 'is not', null)
    .orderBy('id', 'desc')
    .limit(sql.lit(1)),
)

/** Everything that happened to findings since the webhook was set, and is severe enough, once. */
export const queueEvents = change<{ webhook: number; since: number; severities: string; now: number }>()(
  (db, $) =>
    db
      .insertInto('webhook_deliveries')
      .columns(['webhook_id', 'finding_event_id', 'at', 'next_at', 'state'])
      .expression(
        db
          .selectFrom('finding_events as event')
          .innerJoin('findings', 'findings.id', 'event.finding_id')
          .select([
            sql<number>`${$.webhook}`.as('webhook_id'),
            'event.id',
            sql<number>`${$.now}`.as('at'),
            sql<number>`${$.now}`.as('next_at'),
            sql.lit('waiting').as('state'),
          ])
          .where('event.at', '>=', $.since)
          .where('findings.severity', 'in', sql<string>`(SELECT value FROM json_each(${$.severities}))`)
          .where(
            'event.id',
            '>',
            sql<number>`(SELECT coalesce(max(finding_event_id), 0) FROM webhook_deliveries WHERE webhook_id = ${$.webhook})`,
          ),
      ),
)

export const dueDeliveries = rows<{ webhook: number; now: number; limit: number }>()((db, $) =>
  db
    .selectFrom('webhook_deliveries as delivery')
    .innerJoin('finding_events as event', 'event.id', 'delivery.finding_event_id')
    .innerJoin('findings', 'findings.id', 'event.finding_id')
    .innerJoin('instances', 'instances.id', 'findings.instance_id')
    .innerJoin('sites', 'sites.id', 'instances.site_id')
    .select(['delivery.id', 'delivery.attempts'])
    .select(['event.id as event_id', 'event.at', 'event.status', 'event.reason'])
    .select([
      'findings.id as finding_id',
      'findings.rule',
      'findings.severity',
      'findings.label',
      'findings.part',
    ])
    .select(['instances.id as instance_id', 'instances.address', 'instances.port', 'sites.name as site'])
    .where('delivery.webhook_id', '=', $.webhook)
    .where('delivery.state', '=', sql.lit('waiting'))
    .where('delivery.next_at', '<=', $.now)
    .orderBy('delivery.id')
    .limit($.limit),
)
export type DueDelivery = ReturnType<typeof dueDeliveries>[number]

export const noteDelivery = change<{
  id: number
  state: string
  nextAt: number
  problem: string | null
}>()((db, $) =>
  db
    .updateTable('webhook_deliveries')
    .set(eb => ({
      attempts: eb('attempts', '+', sql.lit(1)),
      state: $.state,
      next_at: $.nextAt,
      problem: $.problem,
    }))
    .where('id', '=', $.id),
)
