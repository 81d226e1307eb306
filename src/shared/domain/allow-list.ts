import * as z from 'zod'
import { SentKind } from './probe.ts'

/** One request Paddock may send. The whole list is printed by `allow-list` and in every report. */
export const AllowedRequest = z.object({
  kind: SentKind,
  /** `TLS`: a handshake and nothing else. `DNS`: a question to the name server of this machine, not to the target. */
  method: z.enum(['GET', 'POST', 'TLS', 'DNS']),
  /** `{random}` and `{model}` stand for what differs from request to request. */
  path: z.string(),
  body: z.string().nullable(),
  /** The header that differs, for the two variations. */
  header: z.string().nullable(),
  /**
   * 1: asked of anything that speaks HTTP; 2: only of an endpoint already identified as Ollama ≥ 0.7; 3: only below a base
   * path where the first question of this stage was answered, and not by "not found".
   */
  stage: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  purpose: z.string(),
})
export type AllowedRequest = z.infer<typeof AllowedRequest>
