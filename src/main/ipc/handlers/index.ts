import type { CommandHandlers, QueryHandlers, StateHandlers } from '../kinds.ts'
import { advisoryCommands, advisoryQueries } from './advisories.ts'
import { exchangeCommands, exchangeQueries, exchangeStates } from './exchange.ts'
import { governanceCommands, governanceQueries, governanceStates } from './governance.ts'
import { historyCommands, historyQueries } from './history.ts'
import { identityCommands, identityQueries } from './identity.ts'
import { inventoryCommands, inventoryQueries } from './inventory.ts'
import { modelCommands, modelQueries } from './models.ts'
import { ownerCommands, ownerQueries } from './owners.ts'
import { policyCommands, policyQueries } from './policies.ts'
import { rangeCommands, rangeQueries } from './ranges.ts'
import { reportCommands, reportQueries, reportStates } from './reports.ts'
import { riskCommands, riskQueries } from './risk.ts'
import { scanCommands, scanQueries, scanStates } from './scans.ts'
import { triageCommands, triageQueries, triageStates } from './triage.ts'
import { workspaceCommands, workspaceQueries, workspaceStates } from './workspace.ts'

// The compiler fails here if a channel of the contract has no handler, or a handler no channel.
export const queries: QueryHandlers = {
  ...workspaceQueries,
  ...rangeQueries,
  ...scanQueries,
  ...inventoryQueries,
  ...advisoryQueries,
  ...historyQueries,
  ...modelQueries,
  ...identityQueries,
  ...governanceQueries,
  ...ownerQueries,
  ...triageQueries,
  ...policyQueries,
  ...exchangeQueries,
  ...reportQueries,
  ...riskQueries,
}
export const states: StateHandlers = {
  ...workspaceStates,
  ...scanStates,
  ...governanceStates,
  ...exchangeStates,
  ...triageStates,
  ...reportStates,
}
export const commands: CommandHandlers = {
  ...workspaceCommands,
  ...rangeCommands,
  ...scanCommands,
  ...advisoryCommands,
  ...historyCommands,
  ...inventoryCommands,
  ...modelCommands,
  ...identityCommands,
  ...governanceCommands,
  ...ownerCommands,
  ...triageCommands,
  ...policyCommands,
  ...exchangeCommands,
  ...reportCommands,
  ...riskCommands,
}
