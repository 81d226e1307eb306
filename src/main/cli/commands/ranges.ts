import { formatBlock, parseBlock } from '#shared/domain/address-block.ts'
import type { Range, RangeEdit } from '#shared/domain/range.ts'
import type { RangeId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type Command, type Context, type Given, show } from '../command.ts'
import { readNumbers } from '../numbers.ts'
import { formatTable } from '../table.ts'
import type { Words } from '../words.ts'

const termOptions = {
  'authorised-by': 'text',
  reference: 'text',
  'valid-until': 'text',
  zone: 'text',
  port: 'texts',
  exclude: 'texts',
  window: 'texts',
  'network-rate': 'text',
  candidate: 'texts',
} as const

const add: Command = {
  kind: 'session',
  path: ['range', 'add'],
  usage:
    'range add <CIDR|first-last|address> --site <name> --authorised-by <name> --reference <text> [--valid-until <date>] [--zone <zone>] [--port <n>]… [--exclude <CIDR>]… [--window <days hours>]… [--network-rate <per second>] [--candidate <IPv6 address>]… [--confirm-public]',
  needs: 1,
  takes: 1,
  options: { ...termOptions, site: 'text', 'confirm-public': 'flag' },
  async run(context) {
    const { given, session, words } = context
    const terms = readTerms(given)
    if (!terms.ok) return terms
    const range = await session.call('range.add', {
      ...terms.value,
      block: given.positionals[0] ?? '',
      site: given.text('site') ?? '',
      authorisedBy: terms.value.authorisedBy ?? '',
      reference: terms.value.reference ?? '',
      confirmPublic: given.flag('confirm-public'),
    })
    return range.ok ? show(context, range.value, added => sentence('cli:range.added', added, words)) : range
  },
}

const list: Command = {
  kind: 'session',
  path: ['range', 'list'],
  usage: 'range list [--site <name>]',
  needs: 0,
  takes: 0,
  options: { site: 'text' },
  async run(context) {
    const site = context.given.text('site')
    const ranges = await context.session.call('range.list', site === undefined ? {} : { site })
    if (!ranges.ok) return ranges
    const { words, output } = context
    return show(context, ranges.value, all =>
      all.length === 0 ? words('cli:range.none') : formatTable(columns(words), all, output.width),
    )
  },
}

const edit: Command = {
  kind: 'session',
  path: ['range', 'edit'],
  usage:
    'range edit <id|block> [--authorised-by <name>] [--reference <text>] [--valid-until <date>] [--zone <zone>] [--port <n>]… [--exclude <CIDR>]… [--no-exclusions] [--window <days hours>]… [--no-windows] [--network-rate <per second>] [--candidate <IPv6 address>]…',
  needs: 1,
  takes: 1,
  options: { ...termOptions, 'no-exclusions': 'flag', 'no-windows': 'flag' },
  async run(context) {
    const { given, session, words } = context
    const terms = readTerms(given)
    if (!terms.ok) return terms
    const range = await findRange(context)
    if (!range.ok) return range
    const cleared = {
      ...(given.flag('no-exclusions') && { exclusions: [] }),
      ...(given.flag('no-windows') && { windows: '' }),
    }
    const edited = await session.call('range.edit', { id: range.value.id, ...terms.value, ...cleared })
    return edited.ok
      ? show(context, edited.value, changed => sentence('cli:range.edited', changed, words))
      : edited
  },
}

const remove: Command = {
  kind: 'session',
  path: ['range', 'remove'],
  usage: 'range remove <id|block>',
  needs: 1,
  takes: 1,
  options: {},
  async run(context) {
    const range = await findRange(context)
    if (!range.ok) return range
    const removed = await context.session.call('range.remove', { id: range.value.id })
    return removed.ok
      ? show(context, removed.value, gone => sentence('cli:range.removed', gone, context.words))
      : removed
  },
}

export const rangeCommands: readonly Command[] = [add, list, edit, remove]

type Terms = Omit<RangeEdit, 'id' | 'confirmPublic'>

/** Only what was given: the rest stays as it is, or takes its default. */
function readTerms(given: Given): Result<Terms> {
  const networkRate = given.text('network-rate')
  if (networkRate !== undefined && !/^\d{1,6}(\.\d{1,3})?$/.test(networkRate)) {
    return fail('network-rate-malformed', { rate: networkRate })
  }
  const ports = readNumbers(given.texts('port'), 'port-malformed', 'port')
  if (!ports.ok) return ports
  const texts = {
    authorisedBy: 'authorised-by',
    reference: 'reference',
    validUntil: 'valid-until',
    zone: 'zone',
  }
  const entries = Object.entries(texts).flatMap(([field, option]) => {
    const value = given.text(option)
    return value === undefined ? [] : [[field, value] as const]
  })
  return succeed({
    ...Object.fromEntries(entries),
    ...(ports.value.length > 0 && { ports: ports.value }),
    ...(given.texts('exclude').length > 0 && { exclusions: given.texts('exclude') }),
    ...(given.texts('window').length > 0 && { windows: given.texts('window').join('; ') }),
    ...(given.texts('candidate').length > 0 && { candidates: given.texts('candidate') }),
    ...(networkRate !== undefined && { networkRate: Number(networkRate) }),
  })
}

/** By id, or by the block itself where only one site has it. */
async function findRange({ given, session }: Context): Promise<Result<{ id: RangeId }>> {
  const name = given.positionals[0] ?? ''
  if (/^\d{1,15}$/.test(name)) return succeed({ id: Number(name) as RangeId })
  const block = parseBlock(name)
  if (!block.ok) return block
  const ranges = await session.call('range.list', {})
  if (!ranges.ok) return ranges
  const found = ranges.value.filter(range => range.block === formatBlock(block.value))
  const only = found[0]
  return only !== undefined && found.length === 1
    ? succeed({ id: only.id })
    : fail('range-unknown', { range: name })
}

function sentence(key: string, range: Range, words: Words): string {
  return words(key, {
    id: range.id,
    block: range.block,
    site: range.site,
    date: range.authorisation.validUntil,
  })
}

function columns(words: Words) {
  const title = (name: string) => words(`cli:column.${name}`)
  return [
    { title: title('id'), right: true, text: (range: Range) => String(range.id) },
    { title: title('site'), text: (range: Range) => range.site },
    { title: title('range'), text: (range: Range) => range.block },
    { title: title('addresses'), right: true, text: (range: Range) => String(range.addressCount) },
    { title: title('zone'), text: (range: Range) => words(`terms:zone.${range.zone}`) },
    { title: title('ports'), text: (range: Range) => range.ports.join(', ') },
    { title: title('exclusions'), text: (range: Range) => range.exclusions.join(', ') },
    {
      title: title('authorised'),
      text: (range: Range) => `${range.authorisation.by} (${range.authorisation.reference})`,
    },
    {
      title: title('validUntil'),
      text: (range: Range) =>
        range.inForce
          ? range.authorisation.validUntil
          : `${range.authorisation.validUntil} (${words('cli:range.expired')})`,
    },
  ]
}
