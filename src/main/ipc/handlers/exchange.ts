import { succeed } from '#shared/result.ts'
import { listCandidates } from '../../services/candidates.ts'
import { exportTable } from '../../services/export.ts'
import { applyImport, listImports, previewImport, showImport, undoImport } from '../../services/imports.ts'
import { authoriseProposals, dismissProposals, listProposedRanges } from '../../services/proposed-ranges.ts'
import { listWebhooks, removeWebhook, setWebhook, testWebhook } from '../../services/webhooks.ts'
import type { CommandHandlers, QueryHandlers, StateHandlers } from '../kinds.ts'

export const exchangeQueries: QueryHandlers<
  'import.list' | 'import.show' | 'candidate.list' | 'range.proposals' | 'webhook.list'
> = {
  'import.list': reading => succeed(listImports(reading)),
  'import.show': showImport,
  'candidate.list': (reading, request) => succeed(listCandidates(reading, request)),
  'webhook.list': reading => succeed(listWebhooks(reading)),
  'range.proposals': reading => succeed(listProposedRanges(reading)),
}

export const exchangeStates: StateHandlers<'import.preview'> = { 'import.preview': previewImport }

export const exchangeCommands: CommandHandlers<
  | 'import.apply'
  | 'import.undo'
  | 'range.authorise'
  | 'range.dismiss'
  | 'export.write'
  | 'webhook.set'
  | 'webhook.test'
  | 'webhook.remove'
> = {
  'import.apply': applyImport,
  'import.undo': { run: undoImport },
  'range.authorise': { run: authoriseProposals },
  'range.dismiss': { run: dismissProposals },
  'export.write': exportTable,
  'webhook.set': setWebhook,
  'webhook.test': testWebhook,
  'webhook.remove': { run: removeWebhook },
}
