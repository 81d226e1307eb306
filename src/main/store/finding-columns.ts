import { sql } from 'kysely'
import { severities } from '#shared/domain/exposure.ts'
import { findingStatuses } from '#shared/domain/finding.ts'
import { dataVersion } from './inventory-rows.ts'
import { builder, composeTuples, type ReadableStore, row, rows } from './statement.ts'

/**
 * What lists of findings ask for, column by column in memory, in the order of ids: of 175,108 instances there are some two
 * million, and no index of SQLite finds, orders and counts those within 150 ms. Read once a connection; afterwards
 * only what changed.
 */
export class FindingColumns {
  count = 0
  id = new Uint32Array(0)
  instance = new Uint32Array(0)
  rule = new Uint16Array(0)
  label = new Uint32Array(0)
  severity = new Uint8Array(0)
  /** Index of `findingStatuses`; `removed`: the finding is not there any more. */
  status = new Uint8Array(0)
  /** Whole seconds. */
  openedAt = new Uint32Array(0)
  /** 0: none. */
  dueAt = new Uint32Array(0)
  readonly rules = new Names()
  readonly labels = new Names()
  /** The last change that was taken in. */
  lastChange = 0
  /** Rises with every finding that is new or another. */
  state = 0

  get lastId(): number {
    return this.count === 0 ? 0 : (this.id[this.count - 1] ?? 0)
  }

  put(at: number, [id, instance, rule, label, severity, status, openedAt, dueAt]: FindingTuple): void {
    if (at >= this.id.length) this.#grow(Math.max(4096, Math.ceil(this.id.length * 1.5)))
    this.id[at] = id
    this.instance[at] = instance
    this.rule[at] = this.rules.codeOf(rule)
    this.label[at] = this.labels.codeOf(label)
    this.severity[at] = severityCodes.get(severity) ?? 4
    this.status[at] = statusCodes.get(status) ?? removed
    this.openedAt[at] = openedAt
    this.dueAt[at] = dueAt ?? 0
    if (at >= this.count) this.count = at + 1
    this.state++
  }

  /** Where a finding is; -1: it is not known. */
  placeOf(id: number): number {
    let low = 0
    let high = this.count - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const found = this.id[middle] ?? 0
      if (found === id) return middle
      if (found < id) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  #grow(length: number): void {
    this.id = grown(this.id, new Uint32Array(length))
    this.instance = grown(this.instance, new Uint32Array(length))
    this.rule = grown(this.rule, new Uint16Array(length))
    this.label = grown(this.label, new Uint32Array(length))
    this.severity = grown(this.severity, new Uint8Array(length))
    this.status = grown(this.status, new Uint8Array(length))
    this.openedAt = grown(this.openedAt, new Uint32Array(length))
    this.dueAt = grown(this.dueAt, new Uint32Array(length))
  }
}

type FindingTuple = readonly [
  id: number,
  instance: number,
  rule: string,
  label: string,
  severity: string,
  status: string,
  openedAt: number,
  dueAt: number | null,
]

/** Texts by number: of two million findings there are some hundred rules and subjects. */
export class Names {
  readonly texts: string[] = []
  readonly #codes = new Map<string, number>()

  codeOf(text: string): number {
    const known = this.#codes.get(text)
    if (known !== undefined) return known
    this.#codes.set(text, this.texts.length)
    return this.texts.push(text) - 1
  }
}

function grown<A extends Uint8Array | Uint16Array | Uint32Array>(from: A, to: A): A {
  to.set(from)
  return to
}

const severityCodes = new Map<string, number>(severities.map((severity, index) => [severity, index]))
const statusCodes = new Map<string, number>(findingStatuses.map((status, index) => [status, index]))
export const removed = 255

const kept = new WeakMap<object, FindingColumns>()
const perRead = 50_000

/** The columns as they are in the present transaction. */
export function findingColumns(store: ReadableStore): FindingColumns {
  const known = kept.get(store.connection)
  const { first, last } = changeSpan(store, {}) ?? { first: null, last: null }
  // Older changes than those still written down may have been missed.
  const canFollow = known !== undefined && (first ?? 0) <= known.lastChange + 1
  const columns = canFollow ? known : new FindingColumns()
  kept.set(store.connection, columns)
  if (canFollow && last !== null && last > columns.lastChange) takeChanges(store, columns, last)
  readNew(store, columns)
  columns.lastChange = last ?? 0
  return columns
}

/** Rises with every change of what a list of findings can show. */
export function findingsVersion(store: ReadableStore): number {
  const { last } = changeSpan(store, {}) ?? { last: null }
  return dataVersion(store) + (last ?? 0) + (lastFinding(store, {})?.id ?? 0)
}

function readNew(store: ReadableStore, columns: FindingColumns): void {
  for (;;) {
    const found = composeTuples<FindingTuple>(
      store,
      tuples().where('id', '>', columns.lastId).limit(sql.lit(perRead)),
    )
    for (const tuple of found) columns.put(columns.count, tuple)
    if (found.length < perRead) return
  }
}

function takeChanges(store: ReadableStore, columns: FindingColumns, last: number): void {
  const ids = changedFindings(store, { after: columns.lastChange, last }).map(({ finding_id }) => finding_id)
  for (let start = 0; start < ids.length; start += perRead) {
    const some = ids.slice(start, start + perRead)
    const found = composeTuples<FindingTuple>(
      store,
      tuples().where('id', 'in', sql<number>`(SELECT value FROM json_each(${JSON.stringify(some)}))`),
    )
    const there = new Set(found.map(([id]) => id))
    for (const tuple of found) {
      const at = columns.placeOf(tuple[0])
      if (at !== -1) columns.put(at, tuple)
    }
    for (const id of some) {
      const at = there.has(id) ? -1 : columns.placeOf(id)
      if (at === -1) continue
      columns.status[at] = removed
      columns.state++
    }
  }
}

function tuples() {
  return builder
    .selectFrom('findings')
    .select(['id', 'instance_id', 'rule', 'label', 'severity', 'status'])
    .select([sql<number>`opened_at / 1000`.as('opened'), sql<number | null>`due_at / 1000`.as('due')])
    .orderBy('id')
}

const changeSpan = row()(db =>
  db.selectFrom('finding_changes').select(eb => [eb.fn.min('id').as('first'), eb.fn.max('id').as('last')]),
)
const lastFinding = row()(db => db.selectFrom('findings').select(eb => eb.fn.max('id').as('id')))
const changedFindings = rows<{ after: number; last: number }>()((db, $) =>
  db
    .selectFrom('finding_changes')
    .select('finding_id')
    .distinct()
    .where('id', '>', $.after)
    .where('id', '<=', $.last)
    .orderBy('finding_id'),
)
