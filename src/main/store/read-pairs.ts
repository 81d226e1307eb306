import { sql } from 'kysely'
import type { StableFacts } from '#shared/domain/snapshot.ts'
import {
  among,
  artifactOf,
  type Lines,
  type Listed,
  linesOf,
  listedAmong,
  readerOfFacts,
  readerOfModels,
} from './read-snapshots.ts'
import { builder, composeTuples, type ReadableStore } from './statement.ts'

/** Facts before and after; of their models only those whose entries are not the same in both. */
export type Differing = readonly [before: StableFacts, after: StableFacts]

/** Two snapshots by their numbers. */
export type Pair = readonly [before: number, after: number]

/** So many at once: what was read of them is garbage before it would be moved. All at once, moving it takes a quarter of the time. */
const perQuestion = 500

/**
 * What pairs of snapshots say, to be compared: most models of a list are those that were there before, and are never read.
 * A pair with a snapshot that is not kept any more is undefined.
 */
export function* readPairs(
  store: ReadableStore,
  pairs: readonly Pair[],
): Generator<Differing | undefined, void> {
  const factsOf = readerOfFacts(store)
  const modelsOf = readerOfModels(store)
  const isPlain = tellerOfPlainLists(store)
  const told = (of: Listed, own: Lines): StableFacts => ({
    ...factsOf(of),
    models: of.modelCount === null ? null : own.flatMap(modelsOf.of),
  })
  for (let start = 0; start < pairs.length; start += perQuestion) {
    const some = pairs.slice(start, start + perQuestion)
    const found = new Map(listedAmong(store, some.flat()).map(each => [each.id, each]))
    const apart = linesApart(
      some.map(([before, after]) => pairOf(found.get(before), found.get(after))),
      isPlain,
    )
    modelsOf.readAhead(apart.flatMap(each => (each === undefined ? [] : [...each.before, ...each.after])))
    for (const each of apart)
      yield each === undefined ? undefined : [told(each.was, each.before), told(each.is, each.after)]
  }
}

/** Both lists, whole. */
interface Lists {
  readonly was: Listed
  readonly is: Listed
  readonly before: Lines
  readonly after: Lines
}

function pairOf(was: Listed | undefined, is: Listed | undefined): Lists | undefined {
  if (was === undefined || is === undefined) return undefined
  if (was.list === is.list && isKnown(was) && isKnown(is)) return { was, is, before: [], after: [] }
  return { was, is, before: linesOf(was.list), after: linesOf(is.list) }
}

function isKnown({ modelCount }: Listed): boolean {
  return modelCount !== null
}

/** Of each pair, the entries of either list that are not in both. Where one of the lists is unknown there is nothing to leave out. */
function linesApart(pairs: readonly (Lists | undefined)[], isPlain: PlainLists): (Lists | undefined)[] {
  isPlain.readAhead(pairs.flatMap(pair => (pair === undefined ? [] : [pair.before, pair.after])))
  return pairs.map(pair => {
    if (pair === undefined || !isKnown(pair.was) || !isKnown(pair.is)) return pair
    const { before, after } = pair
    if (!(isPlain.tell(before) && isPlain.tell(after))) return pair
    return { ...pair, ...withoutCommon(before, after) }
  })
}

/** Most have come, gone or changed at one place, with the same before and behind it. */
function withoutCommon(before: Lines, after: Lines): Pick<Lists, 'before' | 'after'> {
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

interface PlainLists {
  readAhead(lists: readonly Lines[]): void
  tell(list: Lines): boolean
}

/**
 * Tells lists in which no name occurs twice. In the others an entry says something of another one of its name: which of
 * them is meant is for whoever compares.
 */
function tellerOfPlainLists(store: ReadableStore): PlainLists {
  const numbers = new Map<string, number>()
  const nameOf = new Map<number, number>()
  const seenIn: number[] = []
  let count = 0
  return {
    readAhead(lists) {
      const ids = new Set<number>()
      for (const lines of lists)
        for (const line of lines) {
          const id = artifactOf(line)
          if (!nameOf.has(id)) ids.add(id)
        }
      for (const [id, name] of ids.size === 0 ? [] : namesOfArtifacts(store, ids)) {
        const number = numbers.get(name) ?? numbers.size
        numbers.set(name, number)
        nameOf.set(id, number)
      }
    },
    tell(list) {
      count++
      return list.every(line => {
        const name = nameOf.get(artifactOf(line)) ?? 0
        const isNew = seenIn[name] !== count
        seenIn[name] = count
        return isNew
      })
    },
  }
}

function namesOfArtifacts(store: ReadableStore, ids: ReadonlySet<number>): [number, string][] {
  const query = builder
    .selectFrom('artifacts')
    .select(['id', 'name'])
    .where('id', 'in', among(sql`${JSON.stringify([...ids])}`))
  return composeTuples<[number, string]>(store, query)
}
