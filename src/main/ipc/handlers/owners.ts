import { succeed } from '#shared/result.ts'
import { assign, moveOwnership } from '../../services/assign.ts'
import { addInheritance, listInheritances, removeInheritance } from '../../services/inheritances.ts'
import { importOwners, listOwners, tryOwnerFile, undoImport } from '../../services/owners.ts'
import { listTriage } from '../../services/triage.ts'
import type { CommandHandlers, QueryHandlers } from '../kinds.ts'

export const ownerQueries: QueryHandlers<
  'owner.list' | 'owner.preview' | 'owner.triage' | 'owner.inheritances'
> = {
  'owner.list': reading => succeed(listOwners(reading)),
  'owner.preview': tryOwnerFile,
  'owner.triage': (reading, request) => succeed(listTriage(reading, request)),
  'owner.inheritances': reading => succeed(listInheritances(reading)),
}

export const ownerCommands: CommandHandlers<
  'owner.import' | 'owner.undo-import' | 'owner.assign' | 'owner.move' | 'owner.inherit' | 'owner.disinherit'
> = {
  'owner.import': { run: importOwners },
  'owner.undo-import': { run: undoImport },
  'owner.assign': { gather: async ({ advisories }) => advisories, run: assign },
  'owner.move': { run: moveOwnership },
  'owner.inherit': { run: addInheritance },
  'owner.disinherit': { run: removeInheritance },
}
