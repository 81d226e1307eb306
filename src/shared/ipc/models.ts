import * as z from 'zod'
import { BlastRadius, BlastRequest } from '../domain/blast-radius.ts'
import {
  Approval,
  Concentration,
  HeldModel,
  HeldModelDetail,
  RegisterState,
  TagChange,
} from '../domain/held-model.ts'
import { ModelPage, ModelRequest } from '../domain/model-list.ts'
import { command, query } from './channel.ts'

/** The digest, or some of its first digits; the name of a model that has none. */
const model = z.string().trim().min(1).max(300)
const note = z.string().trim().max(1000).default('')
const Registered = z.object({ digest: z.string(), register: RegisterState, approved: Approval.nullable() })

/** Models across the organisation. */
export const modelChannels = {
  'model.list': query(z.object({ query: z.string().max(100_000).default('') }), z.array(HeldModel)),
  'model.page': query(ModelRequest, ModelPage),
  'model.show': query(
    z.object({ digest: model, most: z.int().min(0).max(1_000_000).default(1000) }),
    HeldModelDetail,
  ),
  'model.drift': query(z.object({ limit: z.int().min(1).max(10_000).default(1000) }), z.array(TagChange)),
  'model.concentration': query(z.object({}), Concentration),
  'model.blast-radius': query(BlastRequest, BlastRadius),
  'model.approve': command(z.object({ digest: model, note }), Registered),
  'model.revoke': command(z.object({ digest: model, note }), Registered),
} as const
