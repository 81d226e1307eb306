import type { AddressBlock } from '../domain/address-block.ts'
import type { FieldName } from './fields.ts'
import type { Interval } from './interval.ts'
import type { Pattern } from './pattern.ts'
import type { VersionBound } from './version-bound.ts'

/**
 * What a query asks of a row, checked and with its values read. Every leaf is true where the row is *known* to be so; `not`
 * is everything else, the unknown too.
 */
export type Condition = Tree<Leaf>

/** Leaves joined by words of the language. */
export type Tree<L> =
  | { readonly kind: 'all'; readonly of: readonly Tree<L>[] }
  | { readonly kind: 'any'; readonly of: readonly Tree<L>[] }
  | { readonly kind: 'not'; readonly of: Tree<L> }
  | L

export type Leaf =
  /** Free text: folded, occurs somewhere in the row. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'state'; readonly field: FieldName; readonly state: 'unknown' | 'none' }
  | { readonly kind: 'choice'; readonly field: FieldName; readonly value: string }
  | { readonly kind: 'names'; readonly field: FieldName; readonly pattern: Pattern }
  | { readonly kind: 'version'; readonly bound: VersionBound }
  | { readonly kind: 'number'; readonly field: FieldName; readonly interval: Interval }
  /** How long ago, in milliseconds. */
  | { readonly kind: 'age'; readonly field: FieldName; readonly interval: Interval }
  /** Between two instants, the first included, the second not. */
  | {
      readonly kind: 'instant'
      readonly field: FieldName
      readonly from: number | null
      readonly until: number | null
    }
  | { readonly kind: 'address'; readonly field: FieldName; readonly block: AddressBlock }

/** The query that asks nothing. */
export const everything: Condition = { kind: 'all', of: [] }
