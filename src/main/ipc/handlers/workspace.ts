import { succeed } from '#shared/result.ts'
import { showAllowList } from '../../services/allow-list.ts'
import { editSettings, showSettings } from '../../services/settings.ts'
import { showWorkspace } from '../../services/show-workspace.ts'
import { startSimulation, stopSimulation } from '../../services/simulation-commands.ts'
import type { CommandHandlers, QueryHandlers, StateHandlers } from '../kinds.ts'

export const workspaceQueries: QueryHandlers<'workspace.show' | 'settings.show' | 'allow-list.show'> = {
  'workspace.show': reading => succeed(showWorkspace(reading)),
  'settings.show': reading => succeed(showSettings(reading)),
  'allow-list.show': () => succeed(showAllowList()),
}

export const workspaceStates: StateHandlers<'simulation.show'> = {
  'simulation.show': async ({ simulation }) => succeed(simulation.state()),
}

export const workspaceCommands: CommandHandlers<'settings.edit' | 'simulation.start' | 'simulation.stop'> = {
  'settings.edit': { run: editSettings },
  'simulation.start': startSimulation,
  'simulation.stop': stopSimulation,
}
