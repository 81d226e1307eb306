import { createHmac } from 'node:crypto'
import { type Severity, severities } from '#shared/domain/exposure.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import type { Webhook, WebhookInput, WebhookMade, WebhookTested } from '#shared/domain/webhook.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { addDecision } from '../store/audit.ts'
import { type ReadableStore, transaction } from '../store/statement.ts'
import * as kept from '../store/webhooks.ts'
import type { Owning, Reading, Transaction } from './context.ts'
import type { Command, PlainCommand } from './workspace.ts'

/** So many events are one message. */
const atOnce = 100
/** Half a minute, then twice as long each time: the last try is after some two hours. */
const firstPauseMs = 30_000
const mostAttempts = 9

export function listWebhooks({ store }: Pick<Reading, 'store'>): Webhook[] {
  return kept.listWebhooks(store, {}).map(record => webhookOf(store, record))
}

function webhookOf(store: ReadableStore, record: kept.WebhookRecord): Webhook {
  const counts = new Map(
    kept.countDeliveries(store, { webhook: record.id }).map(({ state, count }) => [state, count]),
  )
  return {
    id: record.id,
    url: record.url,
    leastSeverity: record.least_severity as Severity,
    personal: record.personal === 1,
    createdAt: isoInstant(record.created_at),
    createdBy: record.created_by,
    waiting: counts.get('waiting') ?? 0,
    delivered: counts.get('delivered') ?? 0,
    failed: counts.get('failed') ?? 0,
    problem: kept.lastProblem(store, { webhook: record.id })?.problem ?? null,
  }
}

interface Gathered {
  readonly problem: string | null
  readonly made: string
}

/** A person says where findings are told of. Nothing is ever sent without this. */
export const setWebhook: PlainCommand<WebhookInput, WebhookMade, Gathered> = {
  gather: async ({ problemOfAddress, randomBytes }, { url }) => ({
    problem: problemOfAddress(url),
    made: Buffer.from(randomBytes(32)).toString('hex'),
  }),
  run: (context, { url, secret: given, leastSeverity, personal }, { problem, made }) => {
    const { store, now: at, actor: by, changed } = context
    if (problem !== null) return fail('webhook-address', { url, problem })
    const secret = given ?? made
    const { id } = kept.addWebhook(store, { url, secret, leastSeverity, personal: Number(personal), at, by })
    const body = JSON.stringify({ url, leastSeverity, personal })
    addDecision(store, { at, actor: by, kind: 'webhook.set', subject: `webhook ${id}`, body })
    changed(`webhook ${id}`, null, { url, leastSeverity, personal })
    const record = kept.webhookById(store, { id })
    if (record === undefined) throw new Error(`webhook ${id} was just written and is gone`)
    return succeed({ ...webhookOf(store, record), secret })
  },
}

export function removeWebhook(
  { store, now: at, actor, changed }: Transaction,
  { id }: { readonly id: number },
): Result<{ id: number }> {
  const record = kept.webhookById(store, { id })
  if (record === undefined) return fail('webhook-missing', { id })
  kept.removeWebhook(store, { id, at })
  addDecision(store, { at, actor, kind: 'webhook.removed', subject: `webhook ${id}`, body: '{}' })
  changed(`webhook ${id}`, { url: record.url }, null)
  return succeed({ id })
}

/** Sends a message without any finding, and says what became of it. */
export const testWebhook: Command<{ id: number }, kept.WebhookRecord, WebhookTested> = {
  run: ({ store }, { id }) => {
    const record = kept.webhookById(store, { id })
    return record === undefined ? fail('webhook-missing', { id }) : succeed({ ...record, secret: '' })
  },
  after: async (workspace, { id }) => {
    const record = kept.webhookById(workspace.store, { id })
    if (record === undefined) return fail('webhook-missing', { id })
    return succeed({ id, ...(await send(workspace, record, 'test', [])) })
  },
}

type Sending = Pick<Owning, 'store' | 'now' | 'post' | 'about' | 'log'>

/** Tells every webhook what it has not been told of yet; what cannot be delivered waits for its next try. */
export async function deliverWebhooks(context: Sending): Promise<void> {
  for (const record of kept.listWebhooks(context.store, {})) {
    const { store, now } = context
    const wanted = severities.slice(0, severities.indexOf(record.least_severity as Severity) + 1)
    transaction(store, () =>
      kept.queueEvents(store, {
        webhook: record.id,
        since: record.created_at,
        severities: JSON.stringify(wanted),
        now: now(),
      }),
    )
    await deliverTo(context, record)
  }
}

async function deliverTo(context: Sending, record: kept.WebhookRecord): Promise<void> {
  const { store, now, log } = context
  for (;;) {
    const due = kept.dueDeliveries(store, { webhook: record.id, now: now(), limit: atOnce })
    if (due.length === 0) return
    const { problem } = await send(context, record, 'findings', due)
    if (problem !== null) log.info({ webhook: record.id, problem }, 'a webhook was not delivered')
    transaction(store, () => {
      for (const { id, attempts } of due) {
        const state = problem === null ? 'delivered' : attempts + 1 >= mostAttempts ? 'failed' : 'waiting'
        kept.noteDelivery(store, { id, state, problem, nextAt: now() + firstPauseMs * 2 ** attempts })
      }
    })
    if (problem !== null) return
  }
}

/** Signed as others do it: HMAC-SHA256 over the instant, a dot and the body, so that an old message cannot be sent again. */
function send(
  { post, now, about }: Sending,
  { url, secret, personal }: kept.WebhookRecord,
  type: 'test' | 'findings',
  due: readonly kept.DueDelivery[],
) {
  const sentAt = isoInstant(now())
  const events = due.map(delivery => eventOf(delivery, personal === 1))
  const body = JSON.stringify({ format: 'paddock-webhook', schema: 1, type, sentAt, events })
  const signature = createHmac('sha256', secret).update(`${sentAt}.${body}`).digest('hex')
  return post(
    url,
    {
      'content-type': 'application/json',
      'user-agent': `Paddock/${about.version}`,
      'x-paddock-timestamp': sentAt,
      'x-paddock-signature': `sha256=${signature}`,
    },
    body,
  )
}

function eventOf(delivery: kept.DueDelivery, isPersonal: boolean) {
  const {
    event_id: id,
    finding_id: finding,
    instance_id: instance,
    rule,
    severity,
    status,
    reason,
  } = delivery
  const { address, port, label, part, site } = delivery
  return {
    ...{ id, at: isoInstant(delivery.at), finding, instance, rule, severity, status, reason },
    ...(isPersonal && { site, address, port, subject: label === '' ? part : label }),
  }
}
