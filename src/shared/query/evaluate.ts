import { type Address, compareAddresses, parseAddress } from '../domain/address.ts'
import type { Instant } from '../domain/instant.ts'
import { parseVersion } from '../domain/version.ts'
import type { Condition, Leaf } from './condition.ts'
import { type FieldName, fields } from './fields.ts'
import { contains } from './interval.ts'
import { fits, fold } from './pattern.ts'
import { type Held, namesIn, numbersIn, type QueryRow, textsOf } from './query-row.ts'
import { versionWithin } from './version-bound.ts'

/**
 * Whether a row is known to be what a query asks for. The meaning of the language, row by row; the store answers the same
 * with indices, and a test compares the two.
 */
export function isMatch(condition: Condition, row: QueryRow, now: Instant): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every(part => isMatch(part, row, now))
    case 'any':
      return condition.of.some(part => isMatch(part, row, now))
    case 'not':
      return !isMatch(condition.of, row, now)
    default:
      return isLeafMatch(condition, row, now)
  }
}

function isLeafMatch(leaf: Leaf, row: QueryRow, now: Instant): boolean {
  switch (leaf.kind) {
    case 'text':
      return textsOf(row).some(text => fold(text).includes(leaf.text))
    case 'state':
      return isInState(leaf, row)
    case 'choice':
      return has(namesIn(row, leaf.field), name => name === leaf.value)
    case 'names':
      return has(namesIn(row, leaf.field), name => fits(leaf.pattern, fold(name)))
    case 'version':
      return versionWithin(leaf.bound, row.version)
    case 'number':
      return has(numbersIn(row, leaf.field), number => contains(leaf.interval, number))
    case 'age':
      return contains(
        leaf.interval,
        now - Date.parse(leaf.field === 'firstSeen' ? row.firstSeenAt : row.lastSeenAt),
      )
    case 'instant': {
      const at = Date.parse(leaf.field === 'firstSeen' ? row.firstSeenAt : row.lastSeenAt)
      return (leaf.from === null || at >= leaf.from) && (leaf.until === null || at < leaf.until)
    }
    case 'address':
      return addressesOf(row, leaf.field).some(
        address =>
          compareAddresses(leaf.block.first, address) <= 0 && compareAddresses(address, leaf.block.last) <= 0,
      )
  }
}

/** A list matches if any member is known to. */
function has<T>(held: Held<T>, test: (member: T) => boolean): boolean {
  return held?.some(member => member !== null && test(member)) ?? false
}

function isInState({ field, state }: Leaf & { kind: 'state' }, row: QueryRow): boolean {
  // A version nobody can compare is as good as none.
  if (field === 'version') return parseVersion(row.version) === null
  const { kind } = fields[field]
  const held = kind === 'count' || kind === 'amount' ? numbersIn(row, field) : namesIn(row, field)
  if (state === 'none') return held?.length === 0
  return held === null || held.some(member => member === null)
}

function addressesOf(row: QueryRow, field: FieldName): Address[] {
  const further = field === 'network' ? [] : row.endpoints.map(endpoint => endpoint.address)
  const texts = [row.address, ...further]
  return texts.flatMap(text => parseAddress(text) ?? [])
}
