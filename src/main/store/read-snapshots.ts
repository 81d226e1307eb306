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
  const found = listedAmong(store, ids).map(listed => ({ listed, lines: linesOf(listed.list) }))
  const read = readerOfFacts(store)
  const modelOfLine = modelsOfLines(store, new Set(found.flatMap(each => each.lines)))
  return new Map(
    found.map(({ listed, lines }) => {
      const models = listed.modelCount === null ? null : lines.flatMap(modelOfLine)
      return [listed.id, { ...read(listed), models }]
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
  const apart = linesApart(
    store,
    pairs.map(([before, after]) => {
      const [was, is] = [found.get(before), found.get(after)]
      return was === undefined || is === undefined ? undefined : { was, is }
    }),
  )
  const modelOfLine = modelsOfLines(
    store,
    new Set(apart.flatMap(each => [each?.before ?? [], each?.after ?? []]).flat()),
  )
  const factsOfLines = (of: Listed, own: Lines): StableFacts => ({
    ...read(of),
    models: of.modelCount === null ? null : own.flatMap(modelOfLine),
  })
  return apart.map(each => each && [factsOfLines(each.was, each.before), factsOfLines(each.is, each.after)])
}

interface Pair {
  readonly was: Listed
  readonly is: Listed
}

/** Of each pair, the entries of either list that are not in both. Where one of the lists is unknown there is nothing to leave out. */
function linesApart(store: ReadableStore, pairs: readonly (Pair | undefined)[]) {
  const whole = pairs.map(pair => {
    if (pair === undefined) return undefined
    const { was, is } = pair
    const isKnown = was.modelCount !== null && is.modelCount !== null
    if (isKnown && was.list === is.list) return { was, is, isKnown: false, before: [], after: [] }
    return { was, is, isKnown, before: linesOf(was.list), after: linesOf(is.list) }
  })
  const isPlain = plainLists(
    store,
    whole.flatMap(each => (each?.isKnown ? [each.before, each.after] : [])),
  )
  return whole.map(each => {
    if (!each?.isKnown || !isPlain(each.before) || !isPlain(each.after)) return each
    return { ...each, ...withoutCommon(each.before, each.after) }
  })
}

/** Most have come, gone or changed at one place, with the same before and behind it. */
function withoutCommon(before: Lines, after: Lines) {
  let start = 0
  while (start < before.length && before[start] === after[start]) start++
  let [endBefore, endAfter] = [before.length, after.length]
  while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1]) {
    endBefore--
    endAfter--
  }
  const [had, has] = [before.slice(start, endBefore), after.slice(start, endAfter)]
  if (had.length === 0 || has.length === 0) return { before: had, after: has }
  return { before: without(had, has), after: without(has, had) }
}

function without(lines: Lines, others: Lines): Lines {
  // Of few lines, a set takes longer to make than to look through them.
  if (others.length <= 8) return lines.filter(line => !others.includes(line))
  const known = new Set(others)
  return lines.filter(line => !known.has(line))
}

/**
 * Tells lists in which no name occurs twice. In the others an entry says something of another one of its name: which of
 * them is meant is for whoever compares.
 */
function plainLists(store: ReadableStore, lists: readonly Lines[]): (lines: Lines) => boolean {
  const artifacts = new Map(lists.map(lines => [lines, lines.map(artifactOf)]))
  const ids = new Set<number>()
  for (const of of artifacts.values()) for (const id of of) ids.add(id)
  const numbers = new Map<string, number>()
  const nameOf = new Map<number, number>()
  for (const [id, name] of namesOfArtifacts(store, ids)) {
    const number = numbers.get(name) ?? numbers.size
    numbers.set(name, number)
    nameOf.set(id, number)
  }
  const seenIn = new Uint32Array(numbers.size)
  let list = 0
  return lines => {
    list++
    return (artifacts.get(lines) ?? []).every(id => {
      const name = nameOf.get(id) ?? 0
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
}
type Lines = readonly string[]

function linesOf(list: string | null): Lines {
  return list === null ? [] : list.split('\n')
}

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
  return composeTuples<SnapshotTuple>(store, query).map(([id, modelCount, facts, list]) => ({
    id,
    modelCount,
    facts,
    list,
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
    const modifiedAt = unquoted(line.slice(String(id).length))
    models.set(line, entry === undefined ? [] : [{ ...entry, modifiedAt }])
  }
  return line => models.get(line) ?? []
}

function unquoted(text: string): string | null {
  const isPlain = text.startsWith('"') && !text.includes('\\')
  return isPlain ? text.slice(1, -1) : JSON.parse(text)
}

function artifactOf(line: string): number {
  return Number.parseInt(line, 10)
}

const among = (ids: RawBuilder<unknown>) => sql<number>`(SELECT value FROM json_each(${ids}))`

const artifactsByIds = rows<{ ids: string }>()((db, $) =>
  db.selectFrom('artifacts').selectAll().where('id', 'in', among($.ids)),
)
