import type { ProposedRange } from '#shared/domain/import.ts'
import type { ImportId, ProposalId } from '#shared/ids.ts'
import { type Result, succeed } from '#shared/result.ts'
import { type Command, type Given, show } from '../command.ts'
import { readNumbers } from '../numbers.ts'
import { formatTable } from '../table.ts'

const list: Command = {
  kind: 'session',
  path: ['range', 'proposed'],
  usage: 'range proposed',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const { session, words, output } = context
    const proposals = await session.call('range.proposals', {})
    if (!proposals.ok) return proposals
    const title = (name: string) => words(`exchange:column.${name}`)
    const columns = [
      { title: words('cli:column.id'), right: true, text: ({ id }: ProposedRange) => String(id) },
      { title: title('block'), text: ({ block }: ProposedRange) => block },
      { title: title('site'), text: ({ site }: ProposedRange) => site },
      { title: title('zone'), text: ({ zone }: ProposedRange) => words(`terms:zone.${zone ?? 'unknown'}`) },
      { title: title('contact'), text: ({ contact }: ProposedRange) => contact },
      { title: title('note'), text: ({ note }: ProposedRange) => note },
      { title: title('import'), right: true, text: ({ importId }: ProposedRange) => String(importId) },
    ]
    return show(context, proposals.value, all =>
      all.length === 0 ? words('exchange:proposal.none') : formatTable(columns, all, output.width),
    )
  },
}

interface Chosen {
  readonly ids: ProposalId[]
  readonly importId?: ImportId
}

/** By their own numbers, or all of an import. */
function readChosen(given: Given): Result<Chosen> {
  const ids = readNumbers(given.positionals, 'proposal-missing', 'proposal')
  if (!ids.ok) return ids
  const whole = readNumbers(given.texts('import'), 'import-missing', 'id')
  if (!whole.ok) return whole
  const importId = whole.value[0] as ImportId | undefined
  return succeed({ ids: ids.value as ProposalId[], ...(importId !== undefined && { importId }) })
}

const authorise: Command = {
  kind: 'session',
  path: ['range', 'authorise'],
  usage:
    'range authorise [proposal]… [--import <id>] --authorised-by <name> --reference <text> [--valid-until <date>] [--port <n>]… [--confirm-public]',
  needs: 0,
  takes: 10_000,
  options: {
    import: 'text',
    'authorised-by': 'text',
    reference: 'text',
    'valid-until': 'text',
    port: 'texts',
    'confirm-public': 'flag',
  },
  async run(context) {
    const { given, session, words } = context
    const chosen = readChosen(given)
    if (!chosen.ok) return chosen
    const ports = readNumbers(given.texts('port'), 'port-malformed', 'port')
    if (!ports.ok) return ports
    const validUntil = given.text('valid-until')
    const ranges = await session.call('range.authorise', {
      ...chosen.value,
      authorisedBy: given.text('authorised-by') ?? '',
      reference: given.text('reference') ?? '',
      confirmPublic: given.flag('confirm-public'),
      ...(validUntil !== undefined && { validUntil }),
      ...(ports.value.length > 0 && { ports: ports.value }),
    })
    return ranges.ok
      ? show(context, ranges.value, all => words('exchange:proposal.authorised', { count: all.length }))
      : ranges
  },
}

const dismiss: Command = {
  kind: 'session',
  path: ['range', 'dismiss'],
  usage: 'range dismiss [proposal]… [--import <id>]',
  needs: 0,
  takes: 10_000,
  options: { import: 'text' },
  async run(context) {
    const chosen = readChosen(context.given)
    if (!chosen.ok) return chosen
    const done = await context.session.call('range.dismiss', chosen.value)
    return done.ok
      ? show(context, done.value, ({ dismissed }) =>
          context.words('exchange:proposal.dismissed', { count: dismissed }),
        )
      : done
  },
}

export const proposalCommands: readonly Command[] = [list, authorise, dismiss]
