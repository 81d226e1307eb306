import * as z from 'zod'
import { InstanceId } from '../ids.ts'
import { Disposition, Tag } from './identity.ts'

/**
 * Every row a query found, as somebody saw them: the query, the version of the data, how many there were, and a digest of
 * which. A command given one is refused once the query finds others.
 */
export const Selection = z.object({
  query: z.string().max(100_000),
  version: z.int(),
  count: z.int().nonnegative(),
  /** SHA-256 of the ids in order, 64 hex digits. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  /** Rows that were left out by hand. */
  except: z.array(InstanceId).max(10_000).default([]),
})
export type Selection = z.infer<typeof Selection>

export const SelectionRequest = z.object({ query: z.string().max(100_000).default('') })

/** Which instances a command is about: those named, or those a query found. */
export const chosen = {
  /** Names of instances (id, address and port). */
  instances: z.array(z.string().max(100)).max(200_000).default([]),
  selection: Selection.optional(),
}
export const Chosen = z.object(chosen)
export type Chosen = z.infer<typeof Chosen>

export const TagMany = Chosen.extend({
  add: z.array(Tag).max(100).default([]),
  remove: z.array(Tag).max(100).default([]),
})
/** Put below the note that is there, unless it says so already; or taken out where it stands as a paragraph of its own. */
export const NoteMany = Chosen.extend({
  text: z.string().trim().min(1).max(2000),
  isRemoved: z.boolean().default(false),
})
/** null: nothing is said any more. */
export const DisposeMany = Chosen.extend({ disposition: Disposition.nullable() })

/** What became of a command about many instances. */
export const ManyDone = z.object({
  count: z.int().nonnegative(),
  changed: z.int().nonnegative(),
  /** For taking it back: those that were changed, by what was said of them before; null: too many to tell. */
  before: z.array(z.object({ value: z.string().nullable(), instances: z.array(InstanceId) })).nullable(),
})
export type ManyDone = z.infer<typeof ManyDone>
