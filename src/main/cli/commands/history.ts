import type { ScanId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type Command, show } from '../command.ts'
import { diffText, timelineText } from '../history-text.ts'

const diff: Command = {
  kind: 'session',
  path: ['diff'],
  usage: 'diff <scan> <scan>',
  needs: 2,
  takes: 2,
  options: {},
  async run(context) {
    const [first = '', second = ''] = context.given.positionals
    const [from, to] = [scanId(first), scanId(second)]
    if (!from.ok) return from
    if (!to.ok) return to
    const compared = await context.session.call('scan.compare', { scans: [from.value, to.value] })
    return compared.ok ? show(context, compared.value, value => diffText(value, context.words)) : compared
  },
}

function scanId(text: string): Result<ScanId> {
  return /^[1-9]\d{0,14}$/.test(text) ? succeed(Number(text) as ScanId) : fail('scan-unknown', { scan: text })
}

const timeline: Command = {
  kind: 'session',
  path: ['timeline'],
  usage: 'timeline <instance>',
  needs: 1,
  takes: 1,
  options: {},
  async run(context) {
    const instance = context.given.positionals[0] ?? ''
    const shown = await context.session.call('instance.timeline', { instance })
    return shown.ok ? show(context, shown.value, value => timelineText(value, context.words)) : shown
  },
}

export const historyCommands: readonly Command[] = [diff, timeline]
