import { succeed } from '#shared/result.ts'
import {
  disposeInstance,
  listProposals,
  noteInstance,
  showAnnotations,
  tagInstance,
} from '../../services/annotations.ts'
import {
  answerProposal,
  mergeInstances,
  splitInstance,
  undoIdentity,
} from '../../services/rewrite-identity.ts'
import type { CommandHandlers, QueryHandlers } from '../kinds.ts'

export const identityQueries: QueryHandlers<'instance.annotations' | 'identity.proposals'> = {
  'instance.annotations': (reading, { instance }) => showAnnotations(reading, instance),
  'identity.proposals': reading => succeed(listProposals(reading)),
}

export const identityCommands: CommandHandlers<
  | 'identity.answer'
  | 'instance.merge'
  | 'instance.split'
  | 'instance.undo'
  | 'instance.tag'
  | 'instance.note'
  | 'instance.dispose'
> = {
  'identity.answer': { run: answerProposal },
  'instance.merge': { run: mergeInstances },
  'instance.split': { run: splitInstance },
  'instance.undo': { run: (transaction, { instance }) => undoIdentity(transaction, instance) },
  'instance.tag': { run: tagInstance },
  'instance.note': { run: noteInstance },
  'instance.dispose': { run: disposeInstance },
}
