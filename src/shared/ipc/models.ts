import * as z from 'zod'
import {
  Approval,
  BlastRadius,
  BlastRequest,
  Concentration,
  HeldModel,
  HeldModelDetail,
  TagChange,
} from '../domain/held-model.ts'
import { command, query } from './channel.ts'

const digest = z.string().max(80)
const Registered = z.object({ digest: z.string(), approved: Approval.nullable() })

/** Models across the organisation. */
export const modelChannels = {
  'model.list': query(z.object({}), z.array(HeldModel)),
  'model.show': query(z.object({ digest }), HeldModelDetail),
  'model.drift': query(z.object({ limit: z.int().min(1).max(10_000).default(1000) }), z.array(TagChange)),
  'model.concentration': query(z.object({}), Concentration),
  'model.blast-radius': query(BlastRequest, BlastRadius),
  'model.approve': command(z.object({ digest, note: z.string().trim().max(1000).default('') }), Registered),
  'model.revoke': command(z.object({ digest }), Registered),
} as const
