import { expect, it } from 'vitest'
import { contract } from '#shared/ipc/contract.ts'
import { sourceFiles } from '../support/source-files.ts'

/**
 * Whatever a person can do, they can do in the console and on the command line, over the same channel. Here is every
 * channel of which only one of them makes use, and why nothing is missing on the other side.
 */
const consoleAlone: Record<string, string> = {
  'inventory.outline': 'helps drawing: address and level of rows that fly past; the rows are `inventory`',
  'inventory.page': 'helps drawing: a part of the list; whole it is `inventory`',
  'inventory.facets': 'counts beside the filters; the command line has the rows that are counted',
  'inventory.complete': 'completes what is typed into a box',
  'finding.facets': 'counts beside the filters; the command line has the rows that are counted',
  'finding.complete': 'completes what is typed into a box',
  'model.page': 'helps drawing: a part of the list; whole it is `model list`',
  'risk.map-cell': 'what lies under the pointer; `address-map` and `inventory` have it all',
  'owner.summarise': 'counts above the queue; `ownership list` has the rows that are counted',
  'policy.preview': 'a preview in pieces, while a rule is typed; `policy test` shows it whole',
  'policy.counts': 'counts beside the rules; `finding list` has the rows that are counted',
  'audit.changes': 'the changes of one entry in parts; `audit list` has them whole',
  'audit.kinds': 'what the filter of the audit offers to choose from',
  'actor.acting': 'who acts in this window; a command acts as --as says',
  'workspace.show': 'what stands in the frame of the window; `settings show` and `version` have it',
  'scan.progress': 'a window opened during a scan catches up; a command follows by events',
  'report.progress': 'a window opened during a report catches up; a command waits for it',
  'report.verify': '`report verify` does the same without opening any data',
  'evaluation.show': 'a window catches up with what is being judged; a command waits for it',
  'simulation.show': 'the simulation of the window; `demo` runs its own and ends it',
  'simulation.stop': 'the simulation of the window; `demo` runs its own and ends it',
}
const commandLineAlone: Record<string, string> = {
  'inventory.list': 'the whole list, which the console shows in parts (inventory.page)',
  'model.list': 'the whole list, which the console shows in parts (model.page)',
  'owner.triage': 'the whole queue, which the console shows in parts (owner.queue)',
  'risk.list': 'the whole list; in the console a column of the inventory',
  'model.drift': 'the console shows it as a column of the catalogue and beside each name of a model',
  'policy.show': 'one of those the console has with policy.list',
  'policy.test': 'of a file; the editor tests what is typed in it (policy.preview, policy.set)',
  'report.show': 'one of those the console has with report.list',
}
/** Asked by neither as yet. */
const nobody: Record<string, string> = {
  'finding.list': 'the whole list in one answer, for programs at the socket; both turn pages (finding.page)',
}

/** Called by a verb that is chosen while the program runs. */
const chosen = new Set(['model.approve', 'model.revoke', 'exception.approve', 'exception.reject'])

const channels = Object.keys(contract)

function askedIn(folder: string): Set<string> {
  const text = sourceFiles(folder, /\.tsx?$/)
    .map(file => file.text)
    .join('\n')
  const isAsked = (channel: string) =>
    text.includes(`'${channel}'`) || (chosen.has(channel) && text.includes(`\`${channel.split('.')[0]}.$\{`))
  return new Set(channels.filter(isAsked))
}

const byConsole = askedIn('src/renderer')
const byCommandLine = askedIn('src/main/cli')

it('whatever one of them does, the other does, too, or it is said why not', () => {
  const only = (these: ReadonlySet<string>, those: ReadonlySet<string>) =>
    channels.filter(channel => these.has(channel) && !those.has(channel)).sort()
  expect(only(byConsole, byCommandLine)).toEqual(Object.keys(consoleAlone).sort())
  expect(only(byCommandLine, byConsole)).toEqual(Object.keys(commandLineAlone).sort())
  expect(channels.filter(channel => !byConsole.has(channel) && !byCommandLine.has(channel)).sort()).toEqual(
    Object.keys(nobody).sort(),
  )
})
