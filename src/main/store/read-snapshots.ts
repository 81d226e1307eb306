import { type RawBuilder, sql } from 'kysely'
import type { ListedModel } from '#shared/domain/observation.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'
import { factsOf, modelOf, type SnapshotFacts } from './snapshots.ts'
import { builder, composeTuples, type ReadableStore, rows } from './statement.ts'
import { keptUntilWritten } from './written-since.ts'

/**
 * The facts of many snapshots from two questions. Most say much of what others say: what is the same is read from its text
 * once and is the same object.
 */
export function readSnapshots(store: ReadableStore, ids: readonly number[]): Map<number, StableFacts> {
  const found = listedAmong(store, ids).map(listed => ({ listed, lines: linesOf(listed.list) }))
  const read = readerOfFacts(store)
  const lines = new Set(found.flatMap(each => each.lines))
  const modelsOf = readerOfModels(store)
  modelsOf.readAhead(lines)
  const models = new Map([...lines].map(line => [line, modelsOf.of(line)]))
  return new Map(
    found.map(({ listed, lines: own }) => {
      const held = listed.modelCount === null ? null : own.flatMap(line => models.get(line) ?? [])
      return [listed.id, { ...read(listed), models: held }]
    }),
  )
}

/** What a snapshot says beside its models, and its list of them, as text: its entries, each with the instant it was pulled at. */
type SnapshotTuple = readonly [id: number, modelCount: number | null, facts: string, list: string | null]

export interface Listed {
  readonly id: number
  readonly modelCount: number | null
  readonly facts: string
  readonly list: string | null
}
export type Lines = readonly string[]

export function linesOf(list: string | null): Lines {
  return list === null ? [] : list.split('\n')
}

const told = [
  ...(['product', 'suspected', 'version', 'version_bracket', 'access_api', 'access_v1'] as const),
  ...(['cors', 'protection', 'front', 'cloud_disabled', 'certificate'] as const),
] as const
type Told = { readonly [Column in (typeof told)[number]]: never }

/** As text, a row is read in half the time, and a list in a third: a row of a statement costs more than what is in it. */
export function listedAmong(store: ReadableStore, wanted: readonly number[]): Listed[] {
  const ids = JSON.stringify([...new Set(wanted)])
  // Entries come by snapshot and position, as the table is kept. Quoted, nothing a server says is taken for the end of a line.
  const list = sql`(SELECT group_concat(artifact_id || json_quote(modified_at), char(10))
    FROM snapshot_artifacts WHERE snapshot_id = snapshots.id)`
  const query = builder
    .selectFrom('snapshots')
    .select(['id', 'model_count'])
    .select(sql`json_array(${sql.join(told.map(column => sql.ref(column)))})`.as('facts'))
    .select(list.as('list'))
    .where('id', 'in', among(sql`${ids}`))
  return composeTuples<SnapshotTuple>(store, query).map(([id, modelCount, facts, list]) => ({
    id,
    modelCount,
    facts,
    list,
  }))
}

export function readerOfFacts(store: ReadableStore): (found: Listed) => SnapshotFacts {
  const known = new Map<string, SnapshotFacts>()
  return ({ facts: text }) => {
    const facts = known.get(text) ?? factsIn(store, text)
    known.set(text, facts)
    return facts
  }
}

function factsIn(store: ReadableStore, text: string): SnapshotFacts {
  const values = JSON.parse(text) as never[]
  return factsOf(
    store,
    Object.fromEntries(told.map((column, index) => [column, values[index]])) as unknown as Told,
  )
}

/** Entries by their number: from page to page, most are the same. */
const knownArtifacts = keptUntilWritten(() => new Map<number, ListedModel>())
/** Some 10 MB. */
const mostKnown = 20_000

/** The models that entries of lists are about; none where the entry is not kept any more. */
export function readerOfModels(store: ReadableStore) {
  const artifacts = knownArtifacts(store)
  return {
    readAhead(lines: Iterable<string>): void {
      if (artifacts.size > mostKnown) artifacts.clear()
      const ids = new Set<number>()
      for (const line of lines) {
        const id = artifactOf(line)
        if (!artifacts.has(id)) ids.add(id)
      }
      if (ids.size === 0) return
      for (const record of artifactsByIds(store, { ids: JSON.stringify([...ids]) }))
        artifacts.set(record.id, modelOf(record, null))
    },
    of(line: string): ListedModel[] {
      const id = artifactOf(line)
      const entry = artifacts.get(id)
      return entry === undefined ? [] : [{ ...entry, modifiedAt: unquoted(line.slice(String(id).length)) }]
    },
  }
}

function unquoted(text: string): string | null {
  const isPlain = text.startsWith('"') && !text.includes('\\')
  return isPlain ? text.slice(1, -1) : JSON.parse(text)
}

/** The artifact an entry of a list is about. */
export function artifactOf(line: string): number {
  let id = 0
  for (let at = 0; at < line.length; at++) {
    const digit = line.charCodeAt(at) - 48
    if (!(digit >= 0 && digit <= 9)) break
    id = id * 10 + digit
  }
  return id
}

/** Of ids as JSON. */
export const among = (ids: RawBuilder<unknown>) => sql<number>`(SELECT value FROM json_each(${ids}))`

const artifactsByIds = rows<{ ids: string }>()((db, $) =>
  db.selectFrom('artifacts').selectAll().where('id', 'in', among($.ids)),
)
