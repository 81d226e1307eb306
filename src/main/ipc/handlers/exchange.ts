import { succeed } from '#shared/result.ts'
import { listCandidates } from '../../services/candidates.ts'
import { exportTable } from '../../services/export.ts'
import { applyImport, listImports, previewImport, showImport, undoImport } from '../../services/imports.ts'
import { authoriseProposals, dismissProposals, listProposedRanges } from '../../services/proposed-ranges.ts'
import type { CommandHandlers, QueryHandlers, StateHandlers } from '../kinds.ts'

export const exchangeQueries: QueryHandlers<
  'import.list' | 'import.show' | 'candidate.list' | 'range.proposals'
> = {
  'import.list': reading => succeed(listImports(reading)),
  'import.show': showImport,
  'candidate.list': (reading, request) => succeed(listCandidates(reading, request)),
  'range.proposals': reading => succeed(listProposedRanges(reading)),
}

export const exchangeStates: StateHandlers<'import.preview'> = { 'import.preview': previewImport }

export const exchangeCommands: CommandHandlers<
  'import.apply' | 'import.undo' | 'range.authorise' | 'range.dismiss' | 'export.write'
> = {
  'import.apply': applyImport,
  'import.undo': { run: undoImport },
  'range.authorise': { run: authoriseProposals },
  'range.dismiss': { run: dismissProposals },
  'export.write': exportTable,
}
