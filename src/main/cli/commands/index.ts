import type { Command } from '../command.ts'
import { advisoryCommands } from './advisories.ts'
import { demoCommands } from './demo.ts'
import { helpCommand, versionCommand } from './help.ts'
import { historyCommands } from './history.ts'
import { inventoryCommands } from './inventory.ts'
import { modelCommands } from './models.ts'
import { rangeCommands } from './ranges.ts'
import { scanCommands } from './scans.ts'
import { siteCommands } from './sites.ts'
import { viewCommands } from './views.ts'
import { workspaceCommands } from './workspace.ts'

/** Everything the command line can do, in the order of the help. */
export const commands: readonly Command[] = [
  ...demoCommands,
  ...siteCommands,
  ...rangeCommands,
  ...scanCommands,
  ...inventoryCommands,
  ...advisoryCommands,
  ...historyCommands,
  ...modelCommands,
  ...viewCommands,
  ...workspaceCommands,
  versionCommand,
  helpCommand(() => commands),
]
