import * as z from 'zod'

/** The simulated organisation: real servers on loopback that answer like the real ones. */
export const SimulationState = z.object({
  running: z.boolean(),
  /** The blocks it lives in; empty while it does not run. */
  blocks: z.array(z.string()),
  ports: z.array(z.int()),
  hostCount: z.int().nonnegative(),
})
export type SimulationState = z.infer<typeof SimulationState>
