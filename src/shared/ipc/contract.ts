import * as z from 'zod'
import { AllowedRequest } from '../domain/allow-list.ts'
import { InstanceDetail, InstanceRow } from '../domain/instance.ts'
import { InventoryPage, InventoryRequest } from '../domain/inventory.ts'
import { Range, RangeEdit, RangeInput } from '../domain/range.ts'
import { ScanDetail, ScanProgress, ScanReport, ScanRequest, ScanStarted } from '../domain/scan.ts'
import { Settings, SettingsEdit } from '../domain/settings.ts'
import { SimulationState } from '../domain/simulation.ts'
import { Site } from '../domain/site.ts'
import { Vantage } from '../domain/vantage.ts'
import { WorkspaceInfo } from '../domain/workspace.ts'
import { RangeId, ScanId } from '../ids.ts'
import { type ClientOf, command, query, state } from './channel.ts'
import { governanceChannels } from './governance.ts'

const nothing = z.object({})

/** Everything the processes can ask of each other, one line each. */
export const contract = {
  'workspace.show': query(nothing, WorkspaceInfo),
  'settings.show': query(nothing, Settings),
  'settings.edit': command(SettingsEdit, Settings),
  'allow-list.show': query(nothing, z.array(AllowedRequest)),
  'site.list': query(nothing, z.array(Site)),
  'range.list': query(z.object({ site: z.string().optional() }), z.array(Range)),
  'range.add': command(RangeInput, Range),
  'range.edit': command(RangeEdit, Range),
  'range.remove': command(z.object({ id: RangeId }), Range),
  'vantage.show': state(nothing, z.array(Vantage)),
  'scan.list': query(z.object({ limit: z.int().min(1).max(1000).default(200) }), z.array(ScanReport)),
  'scan.show': query(z.object({ id: ScanId }), ScanDetail),
  'scan.progress': state(nothing, ScanProgress.nullable()),
  'scan.start': command(ScanRequest, ScanStarted),
  'scan.stop': command(z.object({ id: ScanId.optional() }), ScanReport),
  'scan.pause': command(z.object({ id: ScanId.optional() }), ScanProgress),
  'scan.resume': command(
    z.object({ id: ScanId.optional(), confirmVantage: z.boolean().optional() }),
    ScanProgress,
  ),
  'inventory.page': query(InventoryRequest, InventoryPage),
  'inventory.list': query(z.object({ riskiestFirst: z.boolean().default(false) }), z.array(InstanceRow)),
  'inventory.export': query(z.object({ format: z.enum(['csv']) }), z.string()),
  'instance.show': query(z.object({ instance: z.string().max(100) }), InstanceDetail),
  ...governanceChannels,
  'simulation.show': state(nothing, SimulationState),
  'simulation.start': command(nothing, SimulationState),
  'simulation.stop': command(nothing, SimulationState),
} as const

export type Contract = typeof contract
export type ChannelName = keyof Contract & string
export type Client = ClientOf<Contract>

/** What the backend tells without being asked, in the past tense. */
export const events = {
  'scan.progressed': ScanProgress,
  'scan.ended': ScanReport,
  'data.changed': z.object({ version: z.int() }),
  'simulation.changed': SimulationState,
} as const
export type EventName = keyof typeof events
export type EventOf<K extends EventName> = z.infer<(typeof events)[K]>
