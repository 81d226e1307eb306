import * as z from 'zod'

/** The data folder that is open, and what opened it. */
export const WorkspaceInfo = z.object({
  version: z.string(),
  dataFolder: z.string(),
  actor: z.string(),
  rangeCount: z.int().nonnegative(),
  instanceCount: z.int().nonnegative(),
})
export type WorkspaceInfo = z.infer<typeof WorkspaceInfo>
