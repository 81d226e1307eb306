import { isoInstant } from '#shared/domain/instant.ts'
import { type View, type ViewInput, ViewName } from '#shared/domain/view.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { addDecision } from '../store/audit.ts'
import { dropView, keepView, listViews as readViews, type ViewRecord, viewByName } from '../store/views.ts'
import type { Reading, Transaction } from './context.ts'
import { readQuery } from './read-query.ts'

export function listViews({ store }: Reading): View[] {
  return readViews(store, {}).map(viewOf)
}

/** Keeps a query under a name; what was kept under it before is replaced. A query that cannot be read is refused. */
export function saveView({ store, now, actor }: Transaction, input: ViewInput): Result<View> {
  const name = ViewName.safeParse(input.name)
  if (!name.success) return fail('view-name-malformed')
  const condition = readQuery(input.query)
  if (!condition.ok) return condition
  keepView(store, {
    name: name.data,
    query: input.query.trim(),
    sort: JSON.stringify(input.sort),
    columns: input.columns === null ? null : JSON.stringify(input.columns),
    at: now,
    actor,
  })
  return decided({ store, now, actor }, name.data, 'view.saved')
}

export function deleteView(transaction: Transaction, name: string): Result<View> {
  const decision = decided(transaction, name.trim(), 'view.deleted')
  if (decision.ok) dropView(transaction.store, { name: name.trim() })
  return decision
}

type Deciding = Pick<Transaction, 'store' | 'now' | 'actor'>

function decided({ store, now, actor }: Deciding, name: string, kind: string): Result<View> {
  const record = viewByName(store, { name })
  if (record === undefined) return fail('view-unknown', { view: name })
  const view = viewOf(record)
  addDecision(store, { at: now, actor, kind, subject: `view ${view.name}`, body: JSON.stringify(view) })
  return succeed(view)
}

function viewOf(record: ViewRecord): View {
  return {
    name: record.name,
    query: record.query,
    sort: JSON.parse(record.sort),
    columns: record.columns === null ? null : JSON.parse(record.columns),
    savedAt: isoInstant(record.saved_at),
    savedBy: record.saved_by,
  }
}
