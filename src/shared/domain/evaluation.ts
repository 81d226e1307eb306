import * as z from 'zod'

/** How far the rules have been asked again of what changed. */
export const EvaluationProgress = z.object({
  done: z.int().nonnegative(),
  total: z.int().nonnegative(),
})
export type EvaluationProgress = z.infer<typeof EvaluationProgress>
