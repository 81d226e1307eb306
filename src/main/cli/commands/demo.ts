import type { InstanceRow } from '#shared/domain/instance.ts'
import { succeed } from '#shared/result.ts'
import { type Command, type Context, show } from '../command.ts'
import { carryOutScan } from '../scan.ts'
import { inventoryTable } from './inventory.ts'
import { exitOf, summary } from './scans.ts'

/** The whole chain on real input, without anybody's network: simulated servers, a range, a scan, the inventory. */
const demo: Command = {
  kind: 'session',
  isDemo: true,
  path: ['demo'],
  usage: 'demo',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const { session, output, words, given } = context
    output.note(words('cli:demo.starting'))
    const simulation = await session.call('simulation.start', {})
    if (!simulation.ok) return simulation
    const { blocks, hostCount } = simulation.value
    output.note(words('cli:demo.scanning', { hosts: hostCount, blocks: blocks.join(', ') }))
    const report = await carryOutScan(context, { ranges: [...blocks], rate: 2000 })
    if (!report.ok) return report
    const rows = await session.call('inventory.list', { riskiestFirst: true })
    if (!rows.ok) return rows
    const { scan, ...counts } = report.value
    show(context, { scan, ...counts, inventory: rows.value }, () =>
      [inventoryTable(rows.value, words, output.width), '', summary(report.value, words)].join('\n'),
    )
    if (!given.json) output.text(closing(context, rows.value))
    return succeed(exitOf(report.value))
  },
}

export const demoCommands: readonly Command[] = [demo]

function closing({ words, dataFolder }: Context, rows: readonly InstanceRow[]): string {
  const open = rows.filter(row => row.access === 'open' && row.product === 'ollama')
  const tools = open.filter(row => row.toolCalling === true)
  return [
    '',
    words('cli:demo.finding', { open: open.length, tools: tools.length }),
    words('cli:demo.data', { dataFolder }),
    words('cli:demo.next'),
  ].join('\n')
}
