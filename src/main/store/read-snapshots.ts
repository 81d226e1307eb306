import { type RawBuilder, sql } from 'kysely'
import type { ListedModel } from '#shared/domain/observation.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'
import { factsOf, modelOf, type SnapshotFacts } from './snapshots.ts'
import { builder, composeTuples, type ReadableStore, rows } from './statement.ts'

/**
 * The facts of many snapshots from two questions. Most say much of what others say: what is the same is read from its text
 * once and is the same object.
 */
export function readSnapshots(store: ReadableStore, ids: readonly number[]): Map<number, StableFacts> {
  const found = listedAmong(store, ids)
  const read = readerOfFacts(store)
  const modelOfLine = modelsOfLines(store, new Set(found.flatMap(each => each.lines)))
  return new Map(
    found.map(each => {
      const models = each.modelCount === null ? null : each.lines.flatMap(modelOfLine)
      return [each.id, { ...read(each), models }]
    }),
  )
}

/** Facts before and after; of their models only those whose entries are not the same in both. */
export type Differing = readonly [before: StableFacts, after: StableFacts]

/**
 * What pairs of snapshots say, to be compared: most models of a list are those that were there before, and are never read.
 * A pair with a snapshot that is not kept any more is undefined.
 */
export function readPairs(
  store: ReadableStore,
  pairs: readonly (readonly [before: number, after: number])[],
): (Differing | undefined)[] {
  const found = new Map(listedAmong(store, pairs.flat()).map(each => [each.id, each]))
  const read = readerOfFacts(store)
  const isPlain = plainLists(store, found)
  const apart = pairs.map(([before, after]) => {
    const [was, is] = [found.get(before), found.get(after)]
    if (was === undefined || is === undefined) return undefined
    const [linesBefore, linesAfter] = linesApart(was, is, isPlain)
    return { was, is, linesBefore, linesAfter }
  })
  const lines = new Set<string>()
  for (const each of apart) {
    for (const line of each?.linesBefore ?? []) lines.add(line)
    for (const line of each?.linesAfter ?? []) lines.add(line)
  }
  const modelOfLine = modelsOfLines(store, lines)
  const factsOfLines = (of: Listed, own: Lines): StableFacts => ({
    ...read(of),
    models: of.modelCount === null ? null : own.flatMap(modelOfLine),
  })
  return apart.map(
    each => each && [factsOfLines(each.was, each.linesBefore), factsOfLines(each.is, each.linesAfter)],
  )
}

/** Entries of either list without those in both. Where one of the lists is unknown there is nothing to leave out. */
function linesApart(
  was: Listed,
  is: Listed,
  isPlain: (lines: Lines) => boolean,
): readonly [before: Lines, after: Lines] {
  const isKnown = was.modelCount !== null && is.modelCount !== null
  if (isKnown && was.list === is.list) return [[], []]
  const [before, after] = [was.lines, is.lines]
  if (!(isKnown && isPlain(before) && isPlain(after))) return [before, after]
  const [had, has] = [new Set(before), new Set(after)]
  return [before.filter(line => !has.has(line)), after.filter(line => !had.has(line))]
}

/**
 * Tells lists in which no name occurs twice. In the others an entry says something of another one of its name: which of
 * them is meant is for whoever compares.
 */
function plainLists(store: ReadableStore, found: ReadonlyMap<number, Listed>) {
  const ids = new Set<number>()
  for (const each of found.values()) for (const line of each.lines) ids.add(artifactOf(line))
  const numbers = new Map<string, number>()
  const nameOf = new Map<number, number>()
  for (const [id, name] of namesOfArtifacts(store, ids)) {
    const number = numbers.get(name) ?? numbers.size
    numbers.set(name, number)
    nameOf.set(id, number)
  }
  const seenIn = new Uint32Array(numbers.size)
  let list = 0
  return (lines: Lines): boolean => {
    list++
    return lines.every(line => {
      const name = nameOf.get(artifactOf(line)) ?? 0
      const isNew = seenIn[name] !== list
      seenIn[name] = list
      return isNew
    })
  }
}

function namesOfArtifacts(store: ReadableStore, ids: ReadonlySet<number>): [number, string][] {
  const query = builder
    .selectFrom('artifacts')
    .select(['id', 'name'])
    .where('id', 'in', among(sql`${JSON.stringify([...ids])}`))
  return composeTuples<[number, string]>(store, query)
}

/** What a snapshot says beside its models, and its list of them, as text: its entries, each with the instant it was pulled at. */
type SnapshotTuple = readonly [id: number, modelCount: number | null, facts: string, list: string | null]

interface Listed {
  readonly id: number
  readonly modelCount: number | null
  readonly facts: string
  readonly list: string | null
  readonly lines: Lines
}
type Lines = readonly string[]

const told = [
  ...(['product', 'suspected', 'version', 'version_bracket', 'access_api', 'access_v1'] as const),
  ...(['cors', 'protection', 'front', 'cloud_disabled', 'certificate'] as const),
] as const
type Told = { readonly [Column in (typeof told)[number]]: never }

/** As text, a row is read in half the time, and a list in a third: a row of a statement costs more than what is in it. */
function listedAmong(store: ReadableStore, wanted: readonly number[]): Listed[] {
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
  return composeTuples<SnapshotTuple>(store, query).map(([id, modelCount, facts, entries]) => ({
    ...{ id, modelCount, facts, list: entries },
    lines: entries === null ? [] : entries.split('\n'),
  }))
}

function readerOfFacts(store: ReadableStore): (found: Listed) => SnapshotFacts {
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

/** The models that entries of lists are about; none where the entry is not kept any more. */
function modelsOfLines(store: ReadableStore, lines: ReadonlySet<string>): (line: string) => ListedModel[] {
  const ids = JSON.stringify([...new Set([...lines].map(artifactOf))])
  const artifacts = new Map(artifactsByIds(store, { ids }).map(record => [record.id, modelOf(record, null)]))
  const models = new Map<string, ListedModel[]>()
  for (const line of lines) {
    const id = artifactOf(line)
    const entry = artifacts.get(id)
    const modifiedAt = JSON.parse(line.slice(String(id).length))
    models.set(line, entry === undefined ? [] : [{ ...entry, modifiedAt }])
  }
  return line => models.get(line) ?? []
}

function artifactOf(line: string): number {
  return Number.parseInt(line, 10)
}

const among = (ids: RawBuilder<unknown>) => sql<number>`(SELECT value FROM json_each(${ids}))`

const artifactsByIds = rows<{ ids: string }>()((db, $) =>
  db.selectFrom('artifacts').selectAll().where('id', 'in', among($.ids)),
)
