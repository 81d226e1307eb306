import { type RawBuilder, sql } from 'kysely'
import { products } from '#shared/domain/product.ts'
import type { FieldName } from '#shared/query/fields.ts'
import { fold } from '#shared/query/pattern.ts'
import { hasText, isMarked, listed, markSets, type Sql } from './query-sql.ts'
import { codeOf, placeOf } from './row-facts.ts'
import { siteNames } from './sites.ts'
import { builder, compose, type ReadableStore } from './statement.ts'

/** Names free text is looked for in, and the column of a row that leads to them. */
const singleFields: readonly FieldName[] = ['version', 'owner', 'note']
const listFields: readonly FieldName[] = ['family', 'capability', 'model', 'tag', 'host']

/**
 * Free text: somewhere in the row. First the names that hold it are found, which are few; then only the columns are
 * compared whose names are among them.
 */
export function textCondition(store: ReadableStore, text: string): Sql {
  const places = placesHolding(store, text)
  // In the name of every site: in every row, whatever else holds it.
  if (places === 'everywhere') return sql`1`
  const found = fieldsHolding(store, text)
  const lists = listFields.filter(field => found.has(field))
  const marks = markSets(store, termsHolding(lists, text))
  // What most rows are found by at once comes first.
  const parts: RawBuilder<unknown>[] = [
    ...places,
    ...singleFields
      .filter(field => found.has(field))
      .map(field => sql`ifnull(${sql.ref(`${field}_id`)} IN ${termsHolding([field], text)}, 0)`),
    ...lists.map(field => isMarked(sql.ref(`${field}_set`), marks)),
  ]
  return parts.length === 0 ? sql`0` : sql`(${sql.join(parts, sql` OR `)})`
}

/** Site, product, address and port. */
function placesHolding(store: ReadableStore, text: string): RawBuilder<unknown>[] | 'everywhere' {
  const parts: RawBuilder<unknown>[] = []
  const all = siteNames(store, {})
  const sites = all.filter(site => fold(site.name).includes(text))
  if (all.length > 0 && sites.length === all.length) return 'everywhere'
  if (sites.length > 0) parts.push(sql`site_id IN ${listed(sites.map(site => site.id))}`)
  const named = products.filter(product => product !== 'unknown' && product.includes(text))
  if (named.length > 0) {
    const { shift, mask } = placeOf('product')
    const codes = named.map(product => codeOf('product', product))
    parts.push(sql`((facts >> ${shift}) & ${mask}) IN ${listed(codes)}`)
  }
  // Nothing but digits, dots, colons, brackets and a to f occurs in an address.
  if (/^[\d.:[\]a-f]+$/.test(text)) {
    parts.push(sql`instr(place, ${text}) > 0`)
    parts.push(sql`instance_id IN (SELECT instance_id FROM inventory_places WHERE instr(place, ${text}) > 0)`)
  }
  return parts
}

function fieldsHolding(store: ReadableStore, text: string): Set<string> {
  const found = builder
    .selectFrom('query_terms')
    .select('field')
    .distinct()
    .where(sql<boolean>`${hasText(text)}`)
  return new Set(compose(store, found).map(({ field }) => field))
}

function termsHolding(fields: readonly FieldName[], text: string) {
  return sql`(SELECT id FROM query_terms WHERE field IN (${sql.join([...fields, ''])}) AND ${hasText(text)})`
}
