import { succeed } from '#shared/result.ts'
import { addressMap, mapCell } from '../../services/address-map.ts'
import { heatmap } from '../../services/heatmaps.ts'
import { overview } from '../../services/overview.ts'
import { listOverrides, listRisks, overrideRisk, showRisk, withdrawOverride } from '../../services/risks.ts'
import { toolExposure } from '../../services/tool-exposure.ts'
import { whatIf } from '../../services/what-if.ts'
import { controlsIf } from '../../services/what-if-controls.ts'
import type { CommandHandlers, QueryHandlers } from '../kinds.ts'

export const riskQueries: QueryHandlers<
  | 'risk.list'
  | 'risk.show'
  | 'risk.overrides'
  | 'risk.heatmap'
  | 'risk.map'
  | 'risk.map-cell'
  | 'risk.what-if'
  | 'risk.what-if-controls'
  | 'risk.overview'
  | 'risk.tools'
> = {
  'risk.list': (reading, { query }) => listRisks(reading, query),
  'risk.show': (reading, { instance }) => showRisk(reading, instance),
  'risk.overrides': reading => succeed(listOverrides(reading)),
  'risk.heatmap': (reading, { kind }) => succeed(heatmap(reading, kind)),
  'risk.map': reading => succeed(addressMap(reading)),
  'risk.map-cell': (reading, { at }) => mapCell(reading, at),
  'risk.what-if': whatIf,
  'risk.what-if-controls': controlsIf,
  'risk.overview': reading => succeed(overview(reading)),
  'risk.tools': (reading, { limit }) => succeed(toolExposure(reading, limit)),
}

export const riskCommands: CommandHandlers<'risk.override' | 'risk.withdraw'> = {
  'risk.override': { run: overrideRisk },
  'risk.withdraw': { run: withdrawOverride },
}
