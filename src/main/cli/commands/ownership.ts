import { formatAddressPort } from '#shared/domain/address.ts'
import { IsoDate } from '#shared/domain/instant.ts'
import { type Duty, duties } from '#shared/domain/owner.ts'
import {
  actionsOf,
  type Inheritance,
  type Ownership,
  type OwnershipAction,
  OwnershipState,
  ownershipStates,
} from '#shared/domain/ownership.ts'
import type { TriageRow } from '#shared/domain/triage.ts'
import type { InputOf } from '#shared/ipc/channel.ts'
import type { Contract } from '#shared/ipc/contract.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type Command, type Context, show } from '../command.ts'
import { instancesBehind } from '../findings-found.ts'
import { rowsSelected } from '../instances-found.ts'
import { showOwned } from '../many-done.ts'
import { readNumbers } from '../numbers.ts'
import { formatTable } from '../table.ts'
import type { Words } from '../words.ts'

const dutyUsage = '[--duty technical|data|risk]'

const assign: Command = {
  kind: 'session',
  path: ['assign'],
  usage: `assign (--instance <id>… | --query <query> | --findings <query>) --owner <id> ${dutyUsage} [--note <text>] [--due <date>]`,
  needs: 0,
  takes: 0,
  options: {
    instance: 'texts',
    query: 'text',
    findings: 'text',
    owner: 'text',
    duty: 'text',
    note: 'text',
    due: 'text',
  },
  async run(context) {
    const { given, session } = context
    const owner = given.text('owner')
    const found = await rowsSelected(context)
    if (!found.ok) return found
    const selection = found.value ?? undefined
    const named = given.texts('instance')
    const ways = [selection !== undefined, named.length > 0, given.text('findings') !== undefined]
    if (owner === undefined || ways.filter(Boolean).length !== 1) return missing(context, assign)
    const behind = await instancesBehind(context, assign.usage)
    if (!behind.ok) return behind
    const instances = [...named, ...behind.value]
    const duty = readDuty(context)
    if (!duty.ok) return duty
    const dueOn = given.text('due')
    if (dueOn !== undefined && !IsoDate.safeParse(dueOn).success)
      return fail('date-malformed', { text: dueOn })
    const done = await session.call('owner.assign', {
      instances,
      ...(selection !== undefined && { selection }),
      owner,
      duty: duty.value,
      ...(dueOn !== undefined && { dueOn }),
      note: given.text('note') ?? '',
    })
    return done.ok ? showOwned(context, done.value) : done
  },
}

function missing({ words }: Context, command: Command): ReturnType<typeof fail> {
  const problem = words('cli:problem.missing', { command: command.path.join(' ') })
  return fail('usage', { problem, usage: `paddock ${command.usage}` })
}

function readDuty({ given, words }: Context): Result<Duty> {
  const text = given.text('duty') ?? 'technical'
  const duty = duties.find(each => each === text)
  if (duty !== undefined) return succeed(duty)
  const problem = words('cli:problem.value', { option: 'duty', value: text, values: duties.join(', ') })
  return fail('usage', { problem, usage: `paddock ${assign.usage}` })
}

function stepCommand(step: 'accept' | 'reject' | 'acknowledge' | 'dispute' | 'release'): Command {
  const command: Command = {
    kind: 'session',
    path: ['ownership', step],
    usage: `ownership ${step} (--instance <id>… | --query <query> [--state <state>]) ${dutyUsage} [--note <text>]`,
    needs: 0,
    takes: 0,
    options: { instance: 'texts', query: 'text', state: 'text', duty: 'text', note: 'text' },
    async run(context) {
      const { given, session } = context
      const instances = given.texts('instance')
      const query = given.text('query')
      if ((instances.length === 0) === (query === undefined)) return missing(context, command)
      const duty = readDuty(context)
      if (!duty.ok) return duty
      const note = given.text('note') ?? ''
      if (query !== undefined) {
        const filter = { query, states: statesFor(context, step) }
        const page = await session.call('owner.queue', { ...filter, limit: 0 })
        if (!page.ok) return page
        const { version, total: count } = page.value
        const all = await session.call('owner.bulk', { filter, version, count, step, duty: duty.value, note })
        return all.ok ? showOwned(context, all.value) : all
      }
      const done = await session.call('owner.move', { instances, step, duty: duty.value, note })
      return done.ok ? showOwned(context, done.value) : done
    },
  }
  return command
}

/** Those a step can be taken from, or the one that was asked for. */
function statesFor({ given }: Context, step: OwnershipAction): OwnershipState[] {
  const asked = ownershipStates.find(state => state === given.text('state'))
  if (asked !== undefined) return [asked]
  return ownershipStates.filter(state => actionsOf({ state, origin: 'stated' }).includes(step))
}

const history: Command = {
  kind: 'session',
  path: ['ownership', 'history'],
  usage: 'ownership history <instance>',
  needs: 1,
  takes: 1,
  options: {},
  async run(context) {
    const { given, session, words } = context
    const events = await session.call('owner.history', { instance: given.positionals[0] ?? '' })
    if (!events.ok) return events
    return show(context, events.value, all =>
      all.length === 0
        ? words('triage:history.none')
        : all
            .map(({ at, actor, duty, step, owner, note }) =>
              [at, actor, words(`triage:step.${step}`), words(`triage:duty.${duty}`), owner, note]
                .filter(Boolean)
                .join('  '),
            )
            .join('\n'),
    )
  },
}

const list: Command = {
  kind: 'session',
  path: ['ownership', 'list'],
  usage:
    'ownership list [--state unowned|proposed|assigned|acknowledged|disputed] [--query <query>] [--escalated | --overdue]',
  needs: 0,
  takes: 0,
  options: { state: 'text', query: 'text', escalated: 'flag', overdue: 'flag' },
  async run(context) {
    const { given, session, words, output } = context
    const state = OwnershipState.optional().safeParse(given.text('state'))
    if (!state.success) {
      const values = { option: 'state', value: given.text('state') ?? '', values: ownershipStates.join(', ') }
      return fail('usage', { problem: words('cli:problem.value', values), usage: `paddock ${list.usage}` })
    }
    const only = given.flag('escalated') ? 'escalated' : given.flag('overdue') ? 'overdue' : null
    const query = given.text('query') ?? ''
    const isWhole = only === null && query === ''
    const states = state.data === undefined ? [] : [state.data]
    const rows = isWhole
      ? await session.call('owner.triage', state.data === undefined ? {} : { state: state.data })
      : await queueRows(context, { states, query, only })
    if (!rows.ok) return rows
    return show(context, rows.value, all =>
      all.length === 0 ? words('governance:ownership.none') : triageTable(all, words, output.width),
    )
  },
}

/** All pages of what a filter finds. */
async function queueRows(
  { session }: Context,
  filter: InputOf<Contract, 'owner.queue'>,
): Promise<Result<TriageRow[]>> {
  const rows: TriageRow[] = []
  for (;;) {
    const page = await session.call('owner.queue', { ...filter, start: rows.length, limit: 500 })
    if (!page.ok) return page
    rows.push(...page.value.rows)
    if (page.value.rows.length < 500) return succeed(rows)
  }
}

function triageTable(rows: readonly TriageRow[], words: Words, width: number): string {
  return formatTable<TriageRow>(
    [
      { title: words('cli:column.id'), right: true, text: row => String(row.instance) },
      { title: words('cli:column.address'), text: row => formatAddressPort(row.address, row.port) },
      { title: words('cli:column.site'), text: row => row.site },
      { title: words('governance:column.ageDays'), right: true, text: row => String(row.ageDays) },
      {
        title: words('governance:column.state'),
        text: row => words(`governance:ownershipState.${row.ownership.state}`),
      },
      { title: words('governance:column.owner'), text: row => row.ownership.owner ?? '' },
      { title: words('governance:column.reason'), text: row => reasonText(row.ownership, words) },
    ],
    rows,
    width,
  )
}

export function reasonText({ reasons, confidence }: Ownership, words: Words): string {
  const texts = reasons.map(({ kind, detail }) => words(`governance:ownershipReason.${kind}`, { detail }))
  return `${texts.join('; ')}${confidence === null ? '' : ` (${confidence} %)`}`
}

const inherit: Command = {
  kind: 'session',
  path: ['owner', 'inherit'],
  usage: `owner inherit --owner <id> (--range <block> | --site <name> | --host-name <pattern with *>) ${dutyUsage}`,
  needs: 0,
  takes: 0,
  options: { owner: 'text', range: 'text', site: 'text', 'host-name': 'text', duty: 'text' },
  async run(context) {
    const { given, session, words } = context
    const scopes = [
      ['range', given.text('range')],
      ['site', given.text('site')],
      ['name', given.text('host-name')],
    ] as const
    const [only, another] = scopes.filter(([, value]) => value !== undefined)
    const owner = given.text('owner')
    if (only?.[1] === undefined || another !== undefined || owner === undefined)
      return missing(context, inherit)
    const duty = readDuty(context)
    if (!duty.ok) return duty
    const added = await session.call('owner.inherit', {
      scope: only[0],
      value: only[1],
      owner,
      duty: duty.value,
    })
    return added.ok ? show(context, added.value, rule => inheritanceText(rule, words)) : added
  },
}

const inheritances: Command = {
  kind: 'session',
  path: ['owner', 'inheritances'],
  usage: 'owner inheritances',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const rules = await context.session.call('owner.inheritances', {})
    if (!rules.ok) return rules
    const { words } = context
    return show(context, rules.value, all =>
      all.length === 0
        ? words('governance:ownership.noRules')
        : all.map(rule => inheritanceText(rule, words)).join('\n'),
    )
  },
}

const disinherit: Command = {
  kind: 'session',
  path: ['owner', 'disinherit'],
  usage: 'owner disinherit <id>',
  needs: 1,
  takes: 1,
  options: {},
  async run(context) {
    const { given, session, words } = context
    const id = readNumbers(given.positionals, 'inheritance-unknown', 'id')
    if (!id.ok) return id
    const removed = await session.call('owner.disinherit', { id: id.value[0] ?? 0 })
    return removed.ok
      ? show(context, removed.value, rule => words('governance:ownership.ruleRemoved', { ...rule }))
      : removed
  },
}

function inheritanceText({ id, owner, duty, scope, value }: Inheritance, words: Words): string {
  const reason = words(`governance:ownershipReason.inherited-${scope}`, { detail: value })
  return words('governance:ownership.rule', { id, owner, duty: words(`governance:duty.${duty}`), reason })
}

export const ownershipCommands: readonly Command[] = [
  assign,
  list,
  history,
  ...(['accept', 'reject', 'acknowledge', 'dispute', 'release'] as const).map(stepCommand),
  inherit,
  inheritances,
  disinherit,
]
