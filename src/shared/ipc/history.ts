import * as z from 'zod'
import { ScanDiff, Timeline } from '../domain/history.ts'
import { ScanId } from '../ids.ts'
import { query } from './channel.ts'

/** What was, and how it became what is. */
export const historyChannels = {
  'scan.compare': query(z.object({ scans: z.tuple([ScanId, ScanId]) }), ScanDiff),
  'instance.timeline': query(z.object({ instance: z.string().max(100) }), Timeline),
} as const
