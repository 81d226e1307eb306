import { type HeatmapKind, heatmapKinds } from '#shared/domain/heatmap.ts'
import type { WhatIf } from '#shared/domain/what-if.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type Command, show } from '../command.ts'
import {
  heatmapText,
  overridesTable,
  overviewText,
  risksTable,
  riskText,
  toolsText,
  whatIfText,
} from '../risk-text.ts'

const list: Command = {
  kind: 'session',
  needs: 0,
  takes: 0,
  path: ['risk'],
  usage: 'risk [--query <q>]',
  options: { query: 'text' },
  async run(context) {
    const { given, session, words, output } = context
    const risks = await session.call('risk.list', { query: given.text('query') ?? '' })
    return risks.ok ? show(context, risks.value, all => risksTable(all, words, output.width)) : risks
  },
}

const showOne: Command = {
  kind: 'session',
  needs: 1,
  takes: 1,
  path: ['risk', 'show'],
  usage: 'risk show <instance>',
  options: {},
  async run(context) {
    const { given, session, words } = context
    const risk = await session.call('risk.show', { instance: given.positionals[0] ?? '' })
    return risk.ok ? show(context, risk.value, one => riskText(one, words)) : risk
  },
}

const override: Command = {
  kind: 'session',
  needs: 2,
  takes: 2,
  path: ['risk', 'override'],
  usage: 'risk override <instance> <0-100> --reason <text> --expires <date>',
  options: { reason: 'text', expires: 'text' },
  async run(context) {
    const { given, session, words } = context
    const [instance = '', score = ''] = given.positionals
    if (!/^\d{1,3}$/.test(score) || Number(score) > 100) return fail('score-malformed', { text: score })
    const reason = given.text('reason') ?? ''
    const expires = given.text('expires') ?? ''
    const done = await session.call('risk.override', { instance, score: Number(score), reason, expires })
    return done.ok ? show(context, done.value, one => riskText(one, words)) : done
  },
}

const withdraw: Command = {
  kind: 'session',
  needs: 1,
  takes: 1,
  path: ['risk', 'withdraw'],
  usage: 'risk withdraw <instance>',
  options: {},
  async run(context) {
    const { given, session, words } = context
    const done = await session.call('risk.withdraw', { instance: given.positionals[0] ?? '' })
    return done.ok ? show(context, done.value, one => riskText(one, words)) : done
  },
}

const overrides: Command = {
  kind: 'session',
  needs: 0,
  takes: 0,
  path: ['risk', 'overrides'],
  usage: 'risk overrides',
  options: {},
  async run(context) {
    const { session, words, output } = context
    const found = await session.call('risk.overrides', {})
    return found.ok ? show(context, found.value, all => overridesTable(all, words, output.width)) : found
  },
}

const heatmap: Command = {
  kind: 'session',
  needs: 1,
  takes: 1,
  path: ['heatmap'],
  usage: `heatmap ${heatmapKinds.join('|')}`,
  options: {},
  async run(context) {
    const { given, session, words, output } = context
    const wanted = given.positionals[0] ?? ''
    const kind = heatmapKinds.find((each): each is HeatmapKind => each === wanted)
    if (kind === undefined) return fail('heatmap-unknown', { kind: wanted, kinds: heatmapKinds.join(', ') })
    const found = await session.call('risk.heatmap', { kind })
    return found.ok ? show(context, found.value, map => heatmapText(map, words, output.width)) : found
  },
}

const kinds = ['close-site', 'min-version', 'guard', 'revoke', 'broken'] as const

const whatIf: Command = {
  kind: 'session',
  needs: 1,
  takes: 1,
  path: ['what-if'],
  usage: 'what-if close-site=<site>|min-version=<version>|guard=<query>|revoke=<exception>|broken=<query>',
  options: {},
  async run(context) {
    const { given, session, words } = context
    const asked = readWhatIf(given.positionals[0] ?? '')
    if (!asked.ok) return asked
    const answer = await session.call('risk.what-if', asked.value)
    if (!answer.ok) return answer
    const controls = await session.call('risk.what-if-controls', asked.value)
    if (!controls.ok) return controls
    return show(context, { ...answer.value, controls: controls.value }, all => whatIfText(all, words))
  },
}

function readWhatIf(text: string): Result<WhatIf> {
  const at = text.indexOf('=')
  const kind = kinds.find(each => each === text.slice(0, at))
  const value = text.slice(at + 1)
  // A variable that is not set must not become "everything".
  if (value.trim() === '') return fail('what-if-unknown', { text, kinds: kinds.join(', ') })
  switch (kind) {
    case 'close-site':
      return succeed({ kind, site: value })
    case 'min-version':
      return succeed({ kind, version: value })
    case 'guard':
    case 'broken':
      return succeed({ kind, query: value })
    case 'revoke':
      return /^[1-9]\d{0,14}$/.test(value)
        ? succeed({ kind, exception: Number(value) })
        : fail('exception-unknown', { exception: value })
    default:
      return fail('what-if-unknown', { text, kinds: kinds.join(', ') })
  }
}

const overview: Command = {
  kind: 'session',
  needs: 0,
  takes: 0,
  path: ['overview'],
  usage: 'overview',
  options: {},
  async run(context) {
    const found = await context.session.call('risk.overview', {})
    return found.ok ? show(context, found.value, all => overviewText(all, context.words)) : found
  },
}

const tools: Command = {
  kind: 'session',
  needs: 0,
  takes: 0,
  path: ['tool-calling'],
  usage: 'tool-calling',
  options: {},
  async run(context) {
    const { session, words, output } = context
    const found = await session.call('risk.tools', {})
    return found.ok ? show(context, found.value, all => toolsText(all, words, output.width)) : found
  },
}

const addressMap: Command = {
  kind: 'session',
  needs: 0,
  takes: 0,
  path: ['address-map'],
  usage: 'address-map',
  options: {},
  async run(context) {
    const found = await context.session.call('risk.map', {})
    const { words } = context
    return found.ok
      ? show(context, found.value, ({ networks, coveredNetworks, cells }) =>
          words('risk:cli.map', { count: networks, covered: coveredNetworks, cells: cells.at.length }),
        )
      : found
  },
}

export const riskCommands: readonly Command[] = [
  overview,
  list,
  showOne,
  override,
  withdraw,
  overrides,
  heatmap,
  whatIf,
  tools,
  addressMap,
]
