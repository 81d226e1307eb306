import * as z from 'zod'
import { AddressMap, Heatmap, HeatmapKind, MapCell } from '../domain/heatmap.ts'
import { Overview, ToolExposure } from '../domain/overview.ts'
import { InstanceRisk, ListedOverride, RiskDetail, RiskOverrideInput } from '../domain/risk.ts'
import { ControlsUnder, WhatIf, WhatIfAnswer } from '../domain/what-if.ts'
import { command, query } from './channel.ts'

/** The channels of risk: part of the contract. */
export const riskChannels = {
  'risk.list': query(z.object({ query: z.string().max(100_000).default('') }), z.array(InstanceRisk)),
  'risk.show': query(z.object({ instance: z.string().max(100) }), RiskDetail),
  'risk.overrides': query(z.object({}), z.array(ListedOverride)),
  'risk.override': command(RiskOverrideInput, RiskDetail),
  'risk.withdraw': command(z.object({ instance: z.string().max(100) }), RiskDetail),
  'risk.heatmap': query(z.object({ kind: HeatmapKind }), Heatmap),
  'risk.map': query(z.object({}), AddressMap),
  'risk.map-cell': query(z.object({ at: z.int().nonnegative() }), MapCell),
  'risk.what-if': query(WhatIf, WhatIfAnswer),
  'risk.what-if-controls': query(WhatIf, z.array(ControlsUnder)),
  'risk.overview': query(z.object({}), Overview),
  'risk.tools': query(z.object({ limit: z.int().min(0).max(10_000).default(500) }), ToolExposure),
} as const
