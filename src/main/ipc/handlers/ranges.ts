import { succeed } from '#shared/result.ts'
import { editRangeTerms } from '../../services/range-zone.ts'
import { addRange, listRanges, removeRange } from '../../services/ranges.ts'
import { editSite, listSites } from '../../services/sites.ts'
import { whileIdle } from '../../services/while-idle.ts'
import type { CommandHandlers, QueryHandlers } from '../kinds.ts'

export const rangeQueries: QueryHandlers<'site.list' | 'range.list'> = {
  'site.list': reading => succeed(listSites(reading)),
  'range.list': (reading, { site }) => succeed(listRanges(reading, site)),
}

export const rangeCommands: CommandHandlers<'site.edit' | 'range.add' | 'range.edit' | 'range.remove'> = {
  'site.edit': { run: editSite },
  'range.add': { run: addRange },
  'range.edit': editRangeTerms,
  'range.remove': whileIdle((transaction, { id }) => removeRange(transaction, id)),
}
