import * as z from 'zod'
import { InstanceId, ScanId } from '../ids.ts'
import { EndpointDetail } from './instance.ts'
import { Probe, targetOutcomes } from './probe.ts'
import { Product, Signal, Suspected } from './product.ts'

/** A product that was thought of, with everything that spoke for it and against it. */
export const Considered = z.object({
  /** Where: below which path of the target. */
  basePath: z.string(),
  product: Product,
  confidence: z.int().min(0).max(100),
  signals: z.array(Signal),
})
export type Considered = z.infer<typeof Considered>

/** Everything that happened at one target, in order. */
export const TargetTrace = z.object({
  address: z.string(),
  port: z.int(),
  outcome: z.enum(targetOutcomes),
  /** Why, where it did not answer: `ECONNREFUSED`, `excluded`. */
  reason: z.string().nullable(),
  questions: z.array(Probe),
  considered: z.array(Considered),
})
export type TargetTrace = z.infer<typeof TargetTrace>

/** What a scan of one address asked, was answered, and concluded. */
export const Explanation = z.object({
  scan: ScanId,
  targets: z.array(
    TargetTrace.extend({
      /** What was recognised there: none if it is nothing that belongs in the inventory. */
      found: z.array(
        z.object({
          instance: InstanceId,
          product: Product,
          suspected: Suspected,
          confidence: z.int().min(0).max(100),
          version: z.string().nullable(),
          endpoint: EndpointDetail,
        }),
      ),
    }),
  ),
})
export type Explanation = z.infer<typeof Explanation>
