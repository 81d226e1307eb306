import { sql } from 'kysely'
import { change, memoryOf, row, type WritableStore } from './statement.ts'

/** Everything a finding that is opened says beside whom it is about: thousands of instances share one. */
export interface FindingKind {
  readonly rule: string
  readonly part: string
  readonly label: string
  readonly severity: string
  readonly verdict: string
  readonly revision: string
  /** JSON: what the rule asked for. */
  readonly facts: string
  readonly status: string
  readonly statusBefore: string | null
  readonly reason: string
  readonly openedAt: number
  readonly statusAt: number
  readonly dueAt: number | null
  readonly dueLeftMs: number | null
}

/** What is opened of an instance; `kinds`: places in a list of them. */
export interface Opened {
  readonly instance: number
  /** JSON: numbers of spells. */
  readonly observations: string
  readonly kinds: readonly number[]
}

/** Opens findings of instances, and notes that in their history, in two statements for all of them. */
export function openFindings(
  store: WritableStore,
  at: number,
  kinds: readonly FindingKind[],
  opened: readonly Opened[],
): void {
  if (opened.length === 0) return
  const places = new Map<number, number>()
  const placeOf = (kind: number) => {
    const place = places.get(kind) ?? places.size
    places.set(kind, place)
    return place
  }
  const subjects = opened.map(each => [each.instance, each.observations, each.kinds.map(placeOf)])
  const used = [...places.keys()].map(kind => valuesOf(store, kinds[kind]))
  const last = newestFinding(store, {})?.id ?? 0
  addFindings(store, { kinds: JSON.stringify(used), opened: JSON.stringify(subjects) })
  noteOpenings(store, { at, last })
}

function valuesOf(store: WritableStore, kind: FindingKind | undefined): unknown[] {
  if (kind === undefined) throw new Error('a finding of no kind')
  const { facts, ...said } = kind
  return [
    said.rule,
    said.part,
    said.label,
    said.severity,
    said.verdict,
    said.revision,
    keepFindingFacts(store, facts),
    said.status,
    said.statusBefore,
    said.reason,
    said.openedAt,
    said.statusAt,
    said.dueAt,
    said.dueLeftMs,
  ]
}

/** The number of what a finding rests on. */
export function keepFindingFacts(store: WritableStore, content: string): number {
  const memory = memoryOf(store)
  const key = `finding ${content}`
  const remembered = memory.get(key)
  if (remembered !== undefined) return remembered
  const id = factsByContent(store, { content })?.id ?? addFacts(store, { content }).id
  memory.set(key, id)
  return id
}

const factsByContent = row<{ content: string }>()((db, $) =>
  db.selectFrom('finding_facts').select('id').where('content', '=', $.content),
)

const addFacts = change<{ content: string }>()((db, $) =>
  db.insertInto('finding_facts').values({ content: $.content }),
)

const ofKinds = [
  'rule',
  'part',
  'label',
  'severity',
  'verdict',
  'revision',
  'facts_id',
  'status',
  'status_before',
  'reason',
  'opened_at',
  'status_at',
  'due_at',
  'due_left_ms',
] as const

const named = sql.raw(ofKinds.map((name, place) => `value ->> ${place} AS ${name}`).join(', '))
const chosen = sql.raw(ofKinds.map(name => `kind.${name}`).join(', '))

/** A statement per finding would take four times as long: most of that is handing over what is the same in all of them. */
const addFindings = change<{ kinds: string; opened: string }>()((db, $) =>
  db
    .insertInto('findings')
    .columns([...ofKinds, 'instance_id', 'observations'])
    .expression(
      sql`WITH kind AS MATERIALIZED (SELECT key AS place, ${named} FROM json_each(${$.kinds}))
      SELECT ${chosen}, opened.value ->> 0, opened.value ->> 1
      FROM json_each(${$.opened}) AS opened
        CROSS JOIN json_each(opened.value -> 2) AS one CROSS JOIN kind ON kind.place = one.value`,
    ),
)

const newestFinding = row()(db => db.selectFrom('findings').select(sql<number | null>`max(id)`.as('id')))

const noteOpenings = change<{ at: number; last: number }>()((db, $) =>
  db
    .insertInto('finding_events')
    .columns(['finding_id', 'at', 'status', 'reason'])
    .expression(
      db
        .selectFrom('findings')
        .select(['id', sql<number>`${$.at}`.as('at'), 'status', 'reason'])
        .where('id', '>', $.last)
        .orderBy('id'),
    ),
)
