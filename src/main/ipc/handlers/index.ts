import type { CommandHandlers, QueryHandlers, StateHandlers } from '../kinds.ts'
import { governanceCommands, governanceQueries, governanceStates } from './governance.ts'
import { inventoryQueries } from './inventory.ts'
import { ownerCommands, ownerQueries } from './owners.ts'
import { policyCommands, policyQueries } from './policies.ts'
import { rangeCommands, rangeQueries } from './ranges.ts'
import { scanCommands, scanQueries, scanStates } from './scans.ts'
import { workspaceCommands, workspaceQueries, workspaceStates } from './workspace.ts'

// The compiler fails here if a channel of the contract has no handler, or a handler no channel.
export const queries: QueryHandlers = {
  ...workspaceQueries,
  ...rangeQueries,
  ...scanQueries,
  ...inventoryQueries,
  ...governanceQueries,
  ...ownerQueries,
  ...policyQueries,
}
export const states: StateHandlers = { ...workspaceStates, ...scanStates, ...governanceStates }
export const commands: CommandHandlers = {
  ...workspaceCommands,
  ...rangeCommands,
  ...scanCommands,
  ...governanceCommands,
  ...ownerCommands,
  ...policyCommands,
}
