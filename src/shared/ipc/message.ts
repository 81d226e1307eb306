import * as z from 'zod'
import { Failure } from '../result.ts'

/** One call on its way to the backend. `id` is the caller's own count. */
export const CallMessage = z.object({
  type: z.literal('call'),
  id: z.int(),
  channel: z.string(),
  input: z.unknown(),
  /** Shows in whose name; absent: the actor of the first start. */
  pass: z.string().max(200).optional(),
})
export type CallMessage = z.infer<typeof CallMessage>

/** A newer question makes the answer to this one worthless. */
export const CancelMessage = z.object({ type: z.literal('cancel'), id: z.int() })

export const ReplyMessage = z.object({
  type: z.literal('reply'),
  id: z.int(),
  result: z.union([
    z.object({ ok: z.literal(true), value: z.unknown() }),
    z.object({ ok: z.literal(false), failure: Failure }),
    /** A bug, not a failure: the caller throws it. */
    z.object({ ok: z.literal('error'), message: z.string() }),
  ]),
})
export type ReplyMessage = z.infer<typeof ReplyMessage>

export const EventMessage = z.object({ type: z.literal('event'), name: z.string(), value: z.unknown() })
export type EventMessage = z.infer<typeof EventMessage>

/** The backend's first word: it has opened the data folder and listens, or says why it cannot. */
export const HelloMessage = z.object({ type: z.literal('hello'), failure: Failure.nullable() })
export type HelloMessage = z.infer<typeof HelloMessage>

/** What may go to the backend, and what may come from it. */
export const ToBackend = z.discriminatedUnion('type', [CallMessage, CancelMessage])
export type ToBackend = z.infer<typeof ToBackend>
export const FromBackend = z.discriminatedUnion('type', [HelloMessage, ReplyMessage, EventMessage])
export type FromBackend = z.infer<typeof FromBackend>
