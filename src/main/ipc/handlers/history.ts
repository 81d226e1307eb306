import { compareScans } from '../../services/compare-scans.ts'
import { showTimeline } from '../../services/timeline.ts'
import type { QueryHandlers } from '../kinds.ts'

export const historyQueries: QueryHandlers<'scan.compare' | 'instance.timeline'> = {
  'scan.compare': (reading, { scans }) => compareScans(reading, scans),
  'instance.timeline': (reading, { instance }) => showTimeline(reading, instance),
}
