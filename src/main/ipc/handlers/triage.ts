import { succeed } from '#shared/result.ts'
import { setPassphrase, showActing } from '../../services/acting.ts'
import { changeRole } from '../../services/actor-roles.ts'
import { auditChanges, auditKinds } from '../../services/audit.ts'
import { addOwner, editOwner, listImports, mergeOwners } from '../../services/owner-register.ts'
import { bulkTriage, ownershipHistory, summariseTriage, triagePage } from '../../services/triage.ts'
import type { CommandHandlers, QueryHandlers, StateHandlers } from '../kinds.ts'

export const triageQueries: QueryHandlers<
  'owner.queue' | 'owner.summarise' | 'owner.history' | 'owner.imports' | 'audit.changes' | 'audit.kinds'
> = {
  'owner.queue': triagePage,
  'owner.summarise': summariseTriage,
  'owner.history': (reading, { instance }) => ownershipHistory(reading, instance),
  'owner.imports': reading => succeed(listImports(reading)),
  'audit.changes': (reading, request) => auditChanges(reading, request),
  'audit.kinds': reading => succeed(auditKinds(reading)),
}

export const triageStates: StateHandlers<'actor.acting' | 'evaluation.show'> = {
  'actor.acting': showActing,
  'evaluation.show': async ({ evaluation }) => succeed(evaluation.progress()),
}

export const triageCommands: CommandHandlers<
  'owner.bulk' | 'owner.add' | 'owner.edit' | 'owner.merge' | 'actor.set-passphrase' | 'actor.set-role'
> = {
  'owner.bulk': { gather: async ({ advisories }) => advisories, run: bulkTriage },
  'owner.add': { run: addOwner },
  'owner.edit': { run: editOwner },
  'owner.merge': { run: mergeOwners },
  'actor.set-passphrase': setPassphrase,
  'actor.set-role': { run: changeRole },
}
