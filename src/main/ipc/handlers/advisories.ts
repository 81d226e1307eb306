import { succeed } from '#shared/result.ts'
import { replaceAdvisories, resetAdvisories, showAdvisories } from '../../services/advisories.ts'
import type { CommandHandlers, QueryHandlers } from '../kinds.ts'

export const advisoryQueries: QueryHandlers<'advisories.show'> = {
  'advisories.show': reading => succeed(showAdvisories(reading)),
}

export const advisoryCommands: CommandHandlers<'advisories.replace' | 'advisories.reset'> = {
  'advisories.replace': replaceAdvisories,
  'advisories.reset': resetAdvisories,
}
