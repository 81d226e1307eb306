import { succeed } from '#shared/result.ts'
import { compareScans } from '../../services/compare-scans.ts'
import { editHistorySettings, readHistorySettings } from '../../services/history-settings.ts'
import { summarisePersistence } from '../../services/persistence.ts'
import { purgeHistory } from '../../services/retention.ts'
import { showTimeline } from '../../services/timeline.ts'
import type { CommandHandlers, QueryHandlers } from '../kinds.ts'

export const historyQueries: QueryHandlers<
  'scan.compare' | 'instance.timeline' | 'history.persistence' | 'history.settings'
> = {
  'scan.compare': (reading, { scans }) => compareScans(reading, scans),
  'instance.timeline': (reading, { instance }) => showTimeline(reading, instance),
  'history.persistence': reading => succeed(summarisePersistence(reading)),
  'history.settings': ({ store }) => succeed(readHistorySettings(store)),
}

export const historyCommands: CommandHandlers<'history.set' | 'history.purge'> = {
  'history.set': { run: editHistorySettings },
  // What it takes away can be much: not in one transaction.
  'history.purge': {
    run: () => succeed(null),
    after: async workspace => succeed(purgeHistory(workspace)),
  },
}
