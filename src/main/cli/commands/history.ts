import type { HistorySettings, HistorySettingsEdit } from '#shared/domain/history-settings.ts'
import type { ScanId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type Command, show } from '../command.ts'
import { diffText, persistenceText, timelineText } from '../history-text.ts'
import type { Words } from '../words.ts'

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

const showSettings: Command = {
  kind: 'session',
  path: ['history', 'show'],
  usage: 'history show',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const settings = await context.session.call('history.settings', {})
    return settings.ok ? show(context, settings.value, all => settingsText(all, context.words)) : settings
  },
}

const setSettings: Command = {
  kind: 'session',
  path: ['history', 'set'],
  usage:
    'history set [--keep-days <n>|all] [--not-covered-after <days>] [--persistent-share <percent>] [--persistent-scans <n>]',
  needs: 0,
  takes: 0,
  options: {
    'keep-days': 'text',
    'not-covered-after': 'text',
    'persistent-share': 'text',
    'persistent-scans': 'text',
  },
  async run(context) {
    const { given, words } = context
    const numberOf = (option: string) => {
      const text = given.text(option)
      return text === undefined ? undefined : /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
    }
    const share = numberOf('persistent-share')
    const edit: HistorySettingsEdit = {
      keepDays: given.text('keep-days') === 'all' ? null : numberOf('keep-days'),
      notCoveredAfterDays: numberOf('not-covered-after'),
      persistentShare: share === undefined ? undefined : share / 100,
      persistentScans: numberOf('persistent-scans'),
    }
    const wanted = Object.entries(edit).filter(([, value]) => value !== undefined)
    const usage = `paddock ${setSettings.usage}`
    if (wanted.length === 0) return fail('usage', { problem: words('cli:problem.nothing'), usage })
    if (wanted.some(([, value]) => Number.isNaN(value)))
      return fail('usage', { problem: words('history:settings.number'), usage })
    const settings = await context.session.call('history.set', Object.fromEntries(wanted))
    return settings.ok ? show(context, settings.value, all => settingsText(all, words)) : settings
  },
}

const purge: Command = {
  kind: 'session',
  path: ['history', 'purge'],
  usage: 'history purge',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const purged = await context.session.call('history.purge', {})
    if (!purged.ok) return purged
    return show(context, purged.value, ({ before, spells, snapshots }) =>
      before === null
        ? context.words('history:purge.kept')
        : context.words('history:purge.done', { before, count: spells, snapshots }),
    )
  },
}

const persistence: Command = {
  kind: 'session',
  path: ['history', 'persistence'],
  usage: 'history persistence',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const summary = await context.session.call('history.persistence', {})
    return summary.ok ? show(context, summary.value, all => persistenceText(all, context.words)) : summary
  },
}

function settingsText(settings: HistorySettings, words: Words): string {
  const { keepDays, notCoveredAfterDays, persistentShare, persistentScans } = settings
  return [
    keepDays === null
      ? words('history:settings.keepAll')
      : words('history:settings.keep', { count: keepDays }),
    words('history:settings.notCovered', { count: notCoveredAfterDays }),
    words('history:persistence.definition', {
      percent: Math.round(persistentShare * 100),
      scans: persistentScans,
    }),
  ].join('\n')
}

export const historyCommands: readonly Command[] = [
  diff,
  timeline,
  persistence,
  showSettings,
  setSettings,
  purge,
]
