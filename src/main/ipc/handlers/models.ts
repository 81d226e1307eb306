import { succeed } from '#shared/result.ts'
import { approveModel, revokeModel } from '../../services/approve-models.ts'
import { blastRadius } from '../../services/blast-radius.ts'
import { showConcentration } from '../../services/concentration.ts'
import { listTagChanges, showModel } from '../../services/held-models.ts'
import { listModels, modelPage } from '../../services/model-list.ts'
import type { CommandHandlers, QueryHandlers } from '../kinds.ts'

export const modelQueries: QueryHandlers<
  'model.list' | 'model.page' | 'model.show' | 'model.drift' | 'model.concentration' | 'model.blast-radius'
> = {
  'model.list': (reading, { query }) => listModels(reading, query),
  'model.page': modelPage,
  'model.show': (reading, { digest, most }) => showModel(reading, digest, most),
  'model.drift': (reading, { limit }) => succeed(listTagChanges(reading, limit)),
  'model.concentration': reading => succeed(showConcentration(reading)),
  'model.blast-radius': blastRadius,
}

export const modelCommands: CommandHandlers<'model.approve' | 'model.revoke'> = {
  'model.approve': { run: approveModel },
  'model.revoke': { run: revokeModel },
}
