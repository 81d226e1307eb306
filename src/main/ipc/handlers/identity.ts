import { succeed } from '#shared/result.ts'
import { disposeMany, noteMany, tagMany } from '../../services/annotate-many.ts'
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
  reopenProposal,
  splitInstance,
  undoIdentity,
} from '../../services/rewrite-identity.ts'
import { selectRows } from '../../services/selection.ts'
import type { Workspace } from '../../services/workspace.ts'
import type { CommandHandlers, QueryHandlers } from '../kinds.ts'

export const identityQueries: QueryHandlers<
  'instance.annotations' | 'identity.proposals' | 'inventory.select'
> = {
  'inventory.select': (reading, { query }) => selectRows(reading, query),
  'instance.annotations': (reading, { instance }) => showAnnotations(reading, instance),
  'identity.proposals': (reading, request) => succeed(listProposals(reading, request)),
}

/** What a query may ask for besides the store. */
const advisoriesOf = async ({ advisories }: Workspace) => advisories

export const identityCommands: CommandHandlers<
  | 'identity.answer'
  | 'identity.reopen'
  | 'instance.merge'
  | 'instance.split'
  | 'instance.undo'
  | 'instance.tag'
  | 'instance.note'
  | 'instance.dispose'
  | 'instances.tag'
  | 'instances.note'
  | 'instances.dispose'
> = {
  'identity.answer': { run: answerProposal },
  'identity.reopen': { run: reopenProposal },
  'instance.merge': { run: mergeInstances },
  'instance.split': { run: splitInstance },
  'instance.undo': { run: (transaction, { instance }) => undoIdentity(transaction, instance) },
  'instance.tag': { run: tagInstance },
  'instance.note': { run: noteInstance },
  'instance.dispose': { run: disposeInstance },
  'instances.tag': { gather: advisoriesOf, run: tagMany },
  'instances.note': { gather: advisoriesOf, run: noteMany },
  'instances.dispose': { gather: advisoriesOf, run: disposeMany },
}
