import type { Command } from '../command.ts'
import { actorCommands } from './actors.ts'
import { advisoryCommands } from './advisories.ts'
import { auditCommands } from './audit.ts'
import { demoCommands } from './demo.ts'
import { exceptionCommands } from './exceptions.ts'
import { exportCommands } from './exports.ts'
import { findingCommands } from './findings.ts'
import { frameworkCommands } from './frameworks.ts'
import { helpCommand, versionCommand } from './help.ts'
import { historyCommands } from './history.ts'
import { identityCommands } from './identity.ts'
import { importCommands } from './imports.ts'
import { inventoryCommands } from './inventory.ts'
import { modelCommands } from './models.ts'
import { ownerRegisterCommands } from './owner-register.ts'
import { ownerCommands } from './owners.ts'
import { ownershipCommands } from './ownership.ts'
import { policyCommands } from './policies.ts'
import { proposalCommands } from './proposals.ts'
import { rangeCommands } from './ranges.ts'
import { reportCommands } from './reports.ts'
import { riskCommands } from './risk.ts'
import { scanCommands } from './scans.ts'
import { siteCommands } from './sites.ts'
import { viewCommands } from './views.ts'
import { webhookCommands } from './webhooks.ts'
import { workspaceCommands } from './workspace.ts'

/** Everything the command line can do, in the order of the help. */
export const commands: readonly Command[] = [
  ...demoCommands,
  ...siteCommands,
  ...rangeCommands,
  ...importCommands,
  ...proposalCommands,
  ...exportCommands,
  ...scanCommands,
  ...inventoryCommands,
  ...riskCommands,
  ...advisoryCommands,
  ...historyCommands,
  ...modelCommands,
  ...viewCommands,
  ...identityCommands,
  ...ownerCommands,
  ...ownerRegisterCommands,
  ...ownershipCommands,
  ...policyCommands,
  ...findingCommands,
  ...exceptionCommands,
  ...frameworkCommands,
  ...reportCommands,
  ...actorCommands,
  ...auditCommands,
  ...webhookCommands,
  ...workspaceCommands,
  versionCommand,
  helpCommand(() => commands),
]
