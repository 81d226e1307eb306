import * as z from 'zod'
import { AdvisoriesInForce, AdvisoryStatus } from '../domain/advisory-match.ts'
import { AllowedRequest } from '../domain/allow-list.ts'
import { AuditProgress } from '../domain/audit.ts'
import { EvaluationProgress } from '../domain/evaluation.ts'
import { Explanation } from '../domain/explanation.ts'
import { Completion, CompletionRequest, Facets, FacetsRequest } from '../domain/facet.ts'
import { InstanceDetail, InstanceRow } from '../domain/instance.ts'
import { InventoryPage, InventoryRequest } from '../domain/inventory.ts'
import { InventoryOutline, OutlineRequest } from '../domain/inventory-outline.ts'
import { Range, RangeEdit, RangeInput } from '../domain/range.ts'
import { ReportProgress } from '../domain/report.ts'
import { ScanDetail, ScanProgress, ScanReport, ScanRequest, ScanStarted } from '../domain/scan.ts'
import { Settings, SettingsEdit } from '../domain/settings.ts'
import { SimulationState } from '../domain/simulation.ts'
import { Site, SiteEdit } from '../domain/site.ts'
import { Vantage } from '../domain/vantage.ts'
import { View, ViewInput, ViewRename } from '../domain/view.ts'
import { WorkspaceInfo } from '../domain/workspace.ts'
import { InstanceId, RangeId, ScanId } from '../ids.ts'
import { type ClientOf, command, query, state } from './channel.ts'
import { exchangeChannels } from './exchange.ts'
import { governanceChannels } from './governance.ts'
import { historyChannels } from './history.ts'
import { identityChannels } from './identity.ts'
import { modelChannels } from './models.ts'
import { reportChannels } from './reports.ts'
import { riskChannels } from './risk.ts'
import { triageChannels } from './triage.ts'

const nothing = z.object({})

/** Everything the processes can ask of each other, one line each. */
export const contract = {
  'workspace.show': query(nothing, WorkspaceInfo),
  'settings.show': query(nothing, Settings),
  'settings.edit': command(SettingsEdit, Settings),
  'allow-list.show': query(nothing, z.array(AllowedRequest)),
  'site.list': query(nothing, z.array(Site)),
  'site.edit': command(SiteEdit, Site),
  'range.list': query(z.object({ site: z.string().optional() }), z.array(Range)),
  'range.add': command(RangeInput, Range),
  'range.edit': command(RangeEdit, Range),
  'range.remove': command(z.object({ id: RangeId }), Range),
  'vantage.show': state(nothing, z.array(Vantage)),
  'scan.list': query(z.object({ limit: z.int().min(1).max(1000).default(200) }), z.array(ScanReport)),
  'scan.show': query(z.object({ id: ScanId }), ScanDetail),
  'scan.explanation': query(z.object({ id: ScanId }), Explanation),
  'scan.progress': state(nothing, ScanProgress.nullable()),
  'scan.start': command(ScanRequest, ScanStarted),
  'scan.stop': command(z.object({ id: ScanId.optional() }), ScanReport),
  'scan.pause': command(z.object({ id: ScanId.optional() }), ScanProgress),
  'scan.resume': command(
    z.object({ id: ScanId.optional(), confirmVantage: z.boolean().optional() }),
    ScanProgress,
  ),
  'inventory.page': query(InventoryRequest, InventoryPage),
  'inventory.outline': query(OutlineRequest, InventoryOutline),
  'inventory.list': query(
    z.object({ query: z.string().max(100_000).default(''), riskiestFirst: z.boolean().default(false) }),
    z.array(InstanceRow),
  ),
  'inventory.facets': query(FacetsRequest, Facets),
  'inventory.complete': query(CompletionRequest, Completion),
  'inventory.export': query(
    z.object({
      query: z.string().max(100_000).default(''),
      format: z.enum(['csv']),
      /** Only these of what the query finds; absent: all of it. */
      instances: z.array(InstanceId).max(200_000).optional(),
      except: z.array(InstanceId).max(10_000).optional(),
    }),
    z.string(),
  ),
  'view.list': query(nothing, z.array(View)),
  'view.save': command(ViewInput, View),
  'view.rename': command(ViewRename, View),
  'view.delete': command(z.object({ name: z.string().max(200) }), View),
  'instance.show': query(z.object({ instance: z.string().max(100) }), InstanceDetail),
  'advisories.show': query(nothing, AdvisoriesInForce),
  'advisories.replace': command(
    z.object({ file: z.string().min(1).max(4096), older: z.boolean().default(false) }),
    AdvisoryStatus,
  ),
  'advisories.reset': command(nothing, AdvisoryStatus),
  ...historyChannels,
  ...modelChannels,
  ...identityChannels,
  ...governanceChannels,
  ...exchangeChannels,
  ...reportChannels,
  ...riskChannels,
  ...triageChannels,
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
  'report.progressed': ReportProgress,
  /** null: it is done. */
  'evaluation.progressed': EvaluationProgress.nullable(),
  'audit.progressed': AuditProgress,
} as const
export type EventName = keyof typeof events
export type EventOf<K extends EventName> = z.infer<(typeof events)[K]>
