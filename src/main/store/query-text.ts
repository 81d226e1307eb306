import { type RawBuilder, sql } from 'kysely'
import { products } from '#shared/domain/product.ts'
import type { FieldName } from '#shared/query/fields.ts'
import { fold } from '#shared/query/pattern.ts'
import { hasText, listed, type Sql, setsWith } from './query-sql.ts'
import { codeOf, placeOf } from './row-facts.ts'
import { listSites } from './sites.ts'
import { builder, compose, type ReadableStore } from './statement.ts'

/** Names free text is looked for in, and the column of a row that leads to them. */
const singleFields: readonly FieldName[] = ['version', 'owner', 'note']
const listFields: readonly FieldName[] = ['model', 'family', 'capability', 'host', 'tag']

/**
 * Free text: somewhere in the row. First the names that hold it are found, which are few; then only the columns are
 * compared whose names are among them.
 */
export function textCondition(store: ReadableStore, text: string): Sql {
  const parts: RawBuilder<unknown>[] = []
  const found = fieldsHolding(store, text)
  for (const field of singleFields) {
    if (found.has(field))
      parts.push(sql`ifnull(${sql.ref(`${field}_id`)} IN ${termsHolding(field, text)}, 0)`)
  }
  for (const field of listFields) {
    if (found.has(field))
      parts.push(sql`ifnull(${sql.ref(`${field}_set`)} IN ${setsWith(termsHolding(field, text))}, 0)`)
  }
  const sites = listSites(store, {}).filter(site => fold(site.name).includes(text))
  if (sites.length > 0) parts.push(sql`site_id IN ${listed(sites.map(site => site.id))}`)
  const named = products.filter(product => product !== 'unknown' && product.includes(text))
  if (named.length > 0) {
    const { shift, mask } = placeOf('product')
    parts.push(
      sql`((facts >> ${shift}) & ${mask}) IN ${listed(named.map(product => codeOf('product', product)))}`,
    )
  }
  // Nothing but digits, dots, colons, brackets and a to f occurs in an address.
  if (/^[\d.:[\]a-f]+$/.test(text)) {
    parts.push(sql`instr(place, ${text}) > 0`)
    parts.push(sql`instance_id IN (SELECT instance_id FROM inventory_places WHERE instr(place, ${text}) > 0)`)
  }
  return parts.length === 0 ? sql`0` : sql`(${sql.join(parts, sql` OR `)})`
}

function fieldsHolding(store: ReadableStore, text: string): Set<string> {
  const found = builder
    .selectFrom('query_terms')
    .select('field')
    .distinct()
    .where(sql<boolean>`${hasText(text)}`)
  return new Set(compose(store, found).map(({ field }) => field))
}

function termsHolding(field: FieldName, text: string) {
  return sql`(SELECT id FROM query_terms WHERE field = ${field} AND ${hasText(text)})`
}
