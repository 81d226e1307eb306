import { succeed } from '#shared/result.ts'
import { addActor, listActors, unlockActor } from '../../services/actors.ts'
import { eraseEntry, listAudit, signHead } from '../../services/audit.ts'
import { verifyAudit } from '../../services/audit-verify.ts'
import type { CommandHandlers, QueryHandlers, StateHandlers } from '../kinds.ts'

export const governanceQueries: QueryHandlers<'actor.list' | 'audit.list' | 'audit.verify'> = {
  'actor.list': reading => succeed(listActors(reading)),
  'audit.list': (reading, request) => succeed(listAudit(reading, request)),
  'audit.verify': (reading, { head }) => succeed(verifyAudit(reading, head)),
}

export const governanceStates: StateHandlers<'actor.unlock'> = {
  'actor.unlock': unlockActor,
}

export const governanceCommands: CommandHandlers<'actor.add' | 'audit.sign' | 'audit.erase'> = {
  'actor.add': addActor,
  'audit.sign': { run: signHead },
  'audit.erase': { run: eraseEntry },
}
