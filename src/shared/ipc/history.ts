import * as z from 'zod'
import { HistoryPurged, ScanDiff, Timeline } from '../domain/history.ts'
import { HistorySettings, HistorySettingsEdit } from '../domain/history-settings.ts'
import { PersistenceSummary } from '../domain/persistence.ts'
import { ScanId } from '../ids.ts'
import { command, query } from './channel.ts'

/** What was, and how it became what is. */
export const historyChannels = {
  'scan.compare': query(z.object({ scans: z.tuple([ScanId, ScanId]) }), ScanDiff),
  'instance.timeline': query(z.object({ instance: z.string().max(100) }), Timeline),
  'history.persistence': query(z.object({}), PersistenceSummary),
  'history.settings': query(z.object({}), HistorySettings),
  'history.set': command(HistorySettingsEdit, HistorySettings),
  'history.purge': command(z.object({}), HistoryPurged),
} as const
