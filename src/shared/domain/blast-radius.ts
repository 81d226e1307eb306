import * as z from 'zod'
import { Holder } from './held-model.ts'

const count = z.int().nonnegative()

export const BlastRequest = z.object({
  /** What is taken to be affected, in the query language: the instances it finds are those hit. */
  query: z.string().max(100_000).default(''),
  /** At most so many instances and models are named; they are counted all the same. */
  most: z.int().min(0).max(1_000_000).default(1000),
})
export type BlastRequest = z.infer<typeof BlastRequest>

/** Who is hit if what a query says is affected. */
export const BlastRadius = z.object({
  /** By site, address and port. */
  instances: z.array(Holder),
  /** Most instances first, here and below. */
  sites: z.array(z.object({ site: z.string(), instances: count })),
  /** null: nobody answers for them. */
  owners: z.array(z.object({ owner: z.string().nullable(), instances: count })),
  /** Models these instances hold that are, each taken by itself, what the query says of models; all, if it says nothing. */
  models: z.array(z.object({ digest: z.string().nullable(), name: z.string(), instances: count })),
  counts: z.object({
    instances: count,
    sites: count,
    /** Without those nobody answers for. */
    owners: count,
    unowned: count,
    models: count,
    /** Instances that hold one of the models; the others have what the query says in several models, or in none. */
    holding: count,
  }),
})
export type BlastRadius = z.infer<typeof BlastRadius>
