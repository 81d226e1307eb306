import type {
  Completion,
  CompletionRequest,
  Facet,
  Facets,
  FacetsRequest,
  FacetValue,
} from '#shared/domain/facet.ts'
import { complete, type NamesHolding } from '#shared/query/complete.ts'
import type { FieldName } from '#shared/query/fields.ts'
import { stateTerm, valueTerm } from '#shared/query/term.ts'
import { type Result, succeed } from '#shared/result.ts'
import { dataVersion } from '../store/inventory-rows.ts'
import { type Counts, countFacets } from '../store/query-facets.ts'
import { licenceNames } from '../store/query-licence.ts'
import { termsHolding } from '../store/query-terms.ts'
import { siteNames } from '../store/sites.ts'
import { consistently, type ReadableStore } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { queryContext } from './query-context.ts'
import { readQuery } from './read-query.ts'

/** How the rows of a query are distributed over the values of each field. */
export function inventoryFacets(reading: Reading, { query, most }: FacetsRequest): Result<Facets> {
  const { store, now } = reading
  const condition = readQuery(query)
  if (!condition.ok) return condition
  return consistently(store, () => {
    const counts = countFacets(queryContext(reading, now()), condition.value)
    const risks = counts.get('risk')?.values.values() ?? []
    return succeed({
      version: dataVersion(store),
      // Every row has exactly one.
      total: [...risks].reduce((sum, { count }) => sum + count, 0),
      facets: [...counts].map(([field, found]) => facetOf(field, found, most)),
    })
  })
}

function facetOf(field: FieldName, { values, unknown, none }: Counts, most: number): Facet {
  const named: FacetValue[] = [...values.values()].map(({ text, count }) => ({
    value: text,
    state: null,
    term: valueTerm(field, text),
    count,
  }))
  named.sort((a, b) => b.count - a.count || ((a.value ?? '') < (b.value ?? '') ? -1 : 1))
  const states = [['none', none] as const, ['unknown', unknown] as const]
    .filter(([, count]) => count > 0)
    .map(([state, count]) => ({ value: null, state, term: stateTerm(field, state), count }))
  return {
    field,
    values: [...named.slice(0, most), ...states],
    moreCount: Math.max(0, named.length - most),
  }
}

const mostSuggestions = 50

/** What can stand at the cursor: names that occur in the inventory, too. */
export function completeQuery({ store }: Reading, { query, cursor }: CompletionRequest): Completion {
  return complete(query, cursor, namesHolding(store))
}

export function namesHolding(store: ReadableStore): NamesHolding {
  return (field, part) => {
    if (field === 'license') return licenceNames(store, part)
    if (field !== 'site')
      return termsHolding(store, { field, part, limit: mostSuggestions }).map(({ text }) => text)
    return siteNames(store, {}).map(({ name }) => name)
  }
}
