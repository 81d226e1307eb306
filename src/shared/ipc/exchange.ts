import * as z from 'zod'
import { Exported, ExportRequest } from '../domain/export.ts'
import {
  Candidate,
  Import,
  ImportDetail,
  ImportRequest,
  ImportResult,
  ImportUndone,
  ProposalAuthorisation,
  ProposalDecision,
  ProposedRange,
} from '../domain/import.ts'
import { Range } from '../domain/range.ts'
import { Webhook, WebhookInput, WebhookMade, WebhookTested } from '../domain/webhook.ts'
import { ImportId } from '../ids.ts'
import { command, query, state } from './channel.ts'

const nothing = z.object({})
const one = z.object({ id: ImportId })

/** What comes from other tools, and what goes to them: part of the contract. */
export const exchangeChannels = {
  'import.preview': state(ImportRequest, ImportResult),
  'import.apply': command(ImportRequest, ImportResult),
  'import.list': query(nothing, z.array(Import)),
  'import.show': query(one, ImportDetail),
  'import.undo': command(one.extend({ rest: z.boolean().default(false) }), ImportUndone),
  'candidate.list': query(
    z.object({ site: z.string().max(120).optional(), limit: z.int().min(1).max(100_000).default(10_000) }),
    z.array(Candidate),
  ),
  'range.proposals': query(nothing, z.array(ProposedRange)),
  'range.authorise': command(ProposalAuthorisation, z.array(Range)),
  'range.dismiss': command(ProposalDecision, z.object({ dismissed: z.int() })),
  'webhook.list': query(nothing, z.array(Webhook)),
  'webhook.set': command(WebhookInput, WebhookMade),
  'webhook.test': command(z.object({ id: z.int().positive() }), WebhookTested),
  'webhook.remove': command(z.object({ id: z.int().positive() }), z.object({ id: z.int() })),
  'export.write': command(ExportRequest, Exported),
} as const
