import { isoInstant } from '#shared/domain/instant.ts'
import { type View, type ViewInput, ViewName } from '#shared/domain/view.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { addDecision } from '../store/audit.ts'
import {
  dropView,
  keepView,
  listViews as readViews,
  renameView as rename,
  type ViewRecord,
  viewByName,
} from '../store/views.ts'
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

/** The same view under another name; one that is taken is refused. */
export function renameView(
  transaction: Transaction,
  { name: old, to }: { readonly name: string; readonly to: string },
): Result<View> {
  const { store, now: at, actor } = transaction
  const name = ViewName.safeParse(to)
  if (!name.success) return fail('view-name-malformed')
  const before = viewByName(store, { name: old.trim() })
  if (before === undefined) return fail('view-unknown', { view: old })
  const taken = viewByName(store, { name: name.data })
  if (taken !== undefined && taken.id !== before.id) return fail('view-name-taken', { view: taken.name })
  rename(store, { name: before.name, to: name.data, at, actor })
  return decided(transaction, name.data, 'view.renamed')
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
