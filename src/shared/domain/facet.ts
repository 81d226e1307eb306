import * as z from 'zod'

/** How many of the rows a query finds have a value. Narrowing the query by `term` finds exactly so many. */
export const FacetValue = z.object({
  /** As it is written; null for `unknown` and `none`. */
  value: z.string().nullable(),
  state: z.enum(['unknown', 'none']).nullable(),
  term: z.string(),
  count: z.int().positive(),
})
export type FacetValue = z.infer<typeof FacetValue>

export const Facet = z.object({
  field: z.string(),
  values: z.array(FacetValue),
  /** How many further values there are. */
  moreCount: z.int().nonnegative(),
})
export type Facet = z.infer<typeof Facet>

export const FacetsRequest = z.object({
  query: z.string().max(100_000).default(''),
  /** At most so many values of each field, those with most rows. */
  most: z.int().min(1).max(1000).default(12),
})
export type FacetsRequest = z.infer<typeof FacetsRequest>

export const Facets = z.object({
  version: z.int(),
  total: z.int().nonnegative(),
  facets: z.array(Facet),
})
export type Facets = z.infer<typeof Facets>

export const CompletionRequest = z.object({
  query: z.string().max(100_000),
  /** In UTF-16 units, as an input field counts. */
  cursor: z.int().nonnegative(),
})
export type CompletionRequest = z.infer<typeof CompletionRequest>

/** What can stand where the cursor is: it replaces the text from `start` up to `end`. */
export const Completion = z.object({
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
  items: z.array(
    z.object({
      kind: z.enum(['field', 'value', 'operator']),
      text: z.string(),
      /** Of a value: the field it belongs to. */
      field: z.string().nullable(),
    }),
  ),
})
export type Completion = z.infer<typeof Completion>
