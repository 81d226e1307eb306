import { succeed } from '#shared/result.ts'
import { approveModel, revokeModel } from '../../services/approve-models.ts'
import {
  blastRadiusOf,
  listModels,
  listTagChanges,
  showConcentration,
  showModel,
} from '../../services/held-models.ts'
import type { CommandHandlers, QueryHandlers } from '../kinds.ts'

export const modelQueries: QueryHandlers<
  'model.list' | 'model.show' | 'model.drift' | 'model.concentration' | 'model.blast-radius'
> = {
  'model.list': reading => succeed(listModels(reading)),
  'model.show': (reading, { digest }) => showModel(reading, digest),
  'model.drift': (reading, { limit }) => succeed(listTagChanges(reading, limit)),
  'model.concentration': reading => succeed(showConcentration(reading)),
  'model.blast-radius': blastRadiusOf,
}

export const modelCommands: CommandHandlers<'model.approve' | 'model.revoke'> = {
  'model.approve': { run: approveModel },
  'model.revoke': { run: (transaction, { digest }) => revokeModel(transaction, digest) },
}
