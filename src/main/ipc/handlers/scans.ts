import { succeed } from '#shared/result.ts'
import { explainScan } from '../../services/explanation.ts'
import { listScans, showScan } from '../../services/scan-report.ts'
import { pauseScan, resumeScan, startScan, stopScan } from '../../services/scans.ts'
import { currentVantages } from '../../services/vantages.ts'
import type { CommandHandlers, QueryHandlers, StateHandlers } from '../kinds.ts'

export const scanQueries: QueryHandlers<'scan.list' | 'scan.show' | 'scan.explanation'> = {
  'scan.list': (reading, { limit }) => succeed(listScans(reading, limit)),
  'scan.explanation': (reading, { id }) => explainScan(reading, id),
  'scan.show': (reading, { id }) => showScan(reading, id),
}

export const scanStates: StateHandlers<'scan.progress' | 'vantage.show'> = {
  'scan.progress': async ({ scans }) => succeed(scans.progress()),
  'vantage.show': async workspace => succeed(await currentVantages(workspace)),
}

export const scanCommands: CommandHandlers<'scan.start' | 'scan.stop' | 'scan.pause' | 'scan.resume'> = {
  'scan.start': startScan,
  'scan.stop': stopScan,
  'scan.pause': pauseScan,
  'scan.resume': resumeScan,
}
