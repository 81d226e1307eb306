import { parseVersion } from '#shared/domain/version.ts'
import type { Condition } from '#shared/query/condition.ts'
import { type ChoiceField, type FieldName, fields } from '#shared/query/fields.ts'
import { fold } from '#shared/query/pattern.ts'
import { parameterCount } from '#shared/query/query-row.ts'
import { type FacetTallies, factBits, type Tally, tallyRows } from './facet-tallies.ts'
import { countedLists, setMembers, textsOfTerms } from './query-terms.ts'
import type { QueryContext } from './query-where.ts'
import { closedFields, placeOf, wordOf } from './row-facts.ts'
import { siteNames } from './sites.ts'
import type { ReadableStore } from './statement.ts'

/** How many of the rows a query finds have each value of a field. */
export interface Counts {
  /** By the value as it is compared, with the value as it is written. */
  readonly values: ReadonlyMap<string, { readonly text: string; readonly count: number }>
  readonly unknown: number
  readonly none: number
}

/** Counts all fields in one pass over the rows. */
export function countFacets(context: QueryContext, condition: Condition): Map<FieldName, Counts> {
  const { store } = context
  const tallies = tallyRows(context, condition)
  const counts = new Map<FieldName, Counts>()
  for (const field of closedFields) counts.set(field, countWords(tallies, field))
  counts.set('site', countSites(store, tallies.site))
  counts.set('version', countNames(store, tallies.version, 'unknown'))
  counts.set('advisories', countAdvisories(context, tallies.advised))
  counts.set('owner', countNames(store, tallies.owner, 'none'))
  for (const field of countedLists) {
    counts.set(field, countMembers(store, tallies.lists[field], isUnknownName(field)))
  }
  return counts
}

class Counting implements Counts {
  readonly values = new Map<string, { text: string; count: number }>()
  unknown = 0
  none = 0

  add(text: string, count: number): void {
    const key = fold(text)
    const known = this.values.get(key)
    if (known === undefined) this.values.set(key, { text, count })
    else known.count += count
  }
}

function countWords({ lowFacts, highFacts }: FacetTallies, field: ChoiceField): Counts {
  const counting = new Counting()
  const knowsNone = (fields[field].states as readonly string[]).includes('none')
  const { shift, mask } = placeOf(field)
  const [part, within] = shift < factBits ? [lowFacts, shift] : [highFacts, shift - factBits]
  const codes = new Map<number, number>()
  for (const [facts, count] of part) {
    const code = (facts >> within) & mask
    codes.set(code, (codes.get(code) ?? 0) + count)
  }
  for (const [code, count] of codes) {
    const word = wordOf(code, field)
    if (word === 'unknown') counting.unknown += count
    else if (knowsNone && word === 'none') counting.none += count
    else counting.add(word, count)
  }
  return counting
}

function countSites(store: ReadableStore, tally: Tally): Counts {
  const counting = new Counting()
  for (const site of siteNames(store, {})) {
    const count = tally.get(site.id)
    if (count !== undefined) counting.add(site.name, count)
  }
  return counting
}

function countNames(store: ReadableStore, tally: Tally, absent: 'unknown' | 'none'): Counts {
  const counting = new Counting()
  counting[absent] = tally.get(0) ?? 0
  const ids = [...tally.keys()]
  for (const { id, text } of textsOfTerms(store, { ids: JSON.stringify(ids) })) {
    const count = tally.get(id) ?? 0
    counting.add(text, count)
    // A version nobody can compare is as good as none, and still has its text.
    if (absent === 'unknown' && parseVersion(text) === null) counting.unknown += count
  }
  return counting
}

/** By the edition in force: how many advisories name each version. */
function countAdvisories({ store, affectedBy }: QueryContext, tally: Tally): Counts {
  const counting = new Counting()
  counting.unknown = tally.get(0) ?? 0
  const ids = [...tally.keys()]
  for (const { id, text } of textsOfTerms(store, { ids: JSON.stringify(ids) })) {
    counting.add(String(affectedBy(text)), tally.get(id) ?? 0)
  }
  return counting
}

function isUnknownName(field: FieldName): (name: string) => boolean {
  return field === 'parameters' ? name => parameterCount(name) === null : name => name === ''
}

/** A row counts once for every member of its list, and once for all that are unknown. */
function countMembers(store: ReadableStore, tally: Tally, isUnknown: (name: string) => boolean): Counts {
  const counting = new Counting()
  counting.unknown = tally.get(0) ?? 0
  const ids = [...tally.keys()]
  for (const { id, members } of setMembers(store, { ids: JSON.stringify(ids) })) {
    const count = tally.get(id) ?? 0
    const names = JSON.parse(members) as string[]
    if (names.length === 0) counting.none += count
    // Two spellings in one list are one name.
    const distinct = new Map(names.map(name => [fold(name), name]))
    if (names.some(isUnknown)) counting.unknown += count
    for (const name of distinct.values()) if (name !== '') counting.add(name, count)
  }
  return counting
}
