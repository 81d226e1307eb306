import { formatAddressPort } from '#shared/domain/address.ts'
import type { ChoiceField } from '#shared/query/fields.ts'
import { namesIn, numbersIn, type QueryRow } from '#shared/query/query-row.ts'
import { contentDigest } from './keys.ts'
import { keepSet, keepTerm } from './query-terms.ts'
import { advised, closedFields, packFacts, unknownSize } from './row-facts.ts'
import type { WritableStore } from './statement.ts'

/** Raise it with every change of what a row holds: files with another one are brought up to date when they are opened. */
export const rowLayout = 4

/** Everything a row is made of but whether and when it was last seen, and its risk: these change without anything else. */
export function digestOf(
  site: number,
  { lastSeenAt: _, presence: __, severity: ___, score: ____, ...seen }: QueryRow,
): Buffer {
  return contentDigest([rowLayout, site, seen])
}

export function furtherPlaces(seen: QueryRow) {
  const own = formatAddressPort(seen.address, seen.port)
  const others = seen.endpoints.map(
    ({ address, port }) => [formatAddressPort(address, port), { address, port }] as const,
  )
  return new Map(others.filter(([place]) => place !== own)).values()
}

/** What is written of a row beside where it lies. */
export function columnsOf(store: WritableStore, seen: QueryRow) {
  const set = (field: Parameters<typeof namesIn>[1]) => {
    const names = namesIn(seen, field)
    return names === null ? null : keepSet(store, field, names)
  }
  const term = (field: Parameters<typeof namesIn>[1]) => {
    const name = namesIn(seen, field)?.[0] ?? null
    return name === null ? null : keepTerm(store, field, name)
  }
  const sizes = numbersIn(seen, 'size') ?? []
  const known = sizes.filter(size => size !== null)
  const parameters = seen.models?.map(model => model.parameterSize) ?? null
  return {
    facts:
      packFacts(wordsOf(seen)) |
      (known.length < sizes.length ? unknownSize : 0) |
      (seen.isAdvised ? advised : 0),
    confidence: seen.confidence,
    firstSeenAt: Date.parse(seen.firstSeenAt),
    modelCount: seen.models?.length ?? null,
    sizeMin: known.length === 0 ? null : Math.min(...known),
    sizeMax: known.length === 0 ? null : Math.max(...known),
    version: term('version'),
    owner: term('owner'),
    note: term('note'),
    family: set('family'),
    quantization: set('quantization'),
    parameters: parameters === null ? null : keepSet(store, 'parameters', parameters),
    capability: set('capability'),
    remote: set('remote'),
    running: set('running'),
    tag: set('tag') ?? 0,
    host: set('host') ?? 0,
    model: set('model'),
    digestSet: set('digest'),
    place: formatAddressPort(seen.address, seen.port),
  }
}

function wordsOf(seen: QueryRow): Record<ChoiceField, string> {
  const word = (field: ChoiceField) => {
    const names = namesIn(seen, field)
    return names === null ? 'unknown' : (names[0] ?? 'none')
  }
  return Object.fromEntries(closedFields.map(field => [field, word(field)])) as Record<ChoiceField, string>
}

export type Columns = { readonly [K in keyof ReturnType<typeof columnsOf>]: ReturnType<typeof columnsOf>[K] }
