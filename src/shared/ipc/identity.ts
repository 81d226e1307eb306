import * as z from 'zod'
import {
  IdentityProposal,
  InstanceAnnotations,
  InstanceDispose,
  InstanceMerge,
  InstanceNote,
  InstanceSplit,
  InstanceTag,
  ProposalAnswer,
} from '../domain/identity.ts'
import { DisposeMany, ManyDone, NoteMany, Selection, SelectionRequest, TagMany } from '../domain/selection.ts'
import { command, query } from './channel.ts'

const one = z.object({ instance: z.string().max(100) })

/** Who is who, and what people say of it. */
export const identityChannels = {
  'instance.annotations': query(one, InstanceAnnotations),
  'identity.proposals': query(
    z.object({ isDismissed: z.boolean().default(false) }),
    z.array(IdentityProposal),
  ),
  'identity.answer': command(ProposalAnswer, InstanceAnnotations),
  'identity.reopen': command(z.object({ proposal: z.int().positive() }), InstanceAnnotations),
  'instance.merge': command(InstanceMerge, InstanceAnnotations),
  'instance.split': command(InstanceSplit, InstanceAnnotations),
  'instance.undo': command(one, InstanceAnnotations),
  'instance.tag': command(InstanceTag, InstanceAnnotations),
  'instance.note': command(InstanceNote, InstanceAnnotations),
  'instance.dispose': command(InstanceDispose, InstanceAnnotations),
  'inventory.select': query(SelectionRequest, Selection),
  'instances.tag': command(TagMany, ManyDone),
  'instances.note': command(NoteMany, ManyDone),
  'instances.dispose': command(DisposeMany, ManyDone),
} as const
