import { formatAddressPort } from '#shared/domain/address.ts'
import type { InstanceRow } from '#shared/domain/instance.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type Command, type Context, type ExitCode, show } from '../command.ts'
import { describeInstance } from '../instance-text.ts'
import { type Column, formatTable } from '../table.ts'
import type { Words } from '../words.ts'

const formats = ['table', 'json', 'csv'] as const

const inventory: Command = {
  kind: 'session',
  path: ['inventory'],
  usage: 'inventory [--query <query>] [--view <name>] [--format table|json|csv]',
  needs: 0,
  takes: 0,
  options: { format: 'text', query: 'text', view: 'text' },
  async run(context) {
    const { given, words } = context
    const format = given.json ? 'json' : (given.text('format') ?? 'table')
    if (!formats.some(each => each === format)) {
      const problem = words('cli:problem.value', {
        option: 'format',
        value: format,
        values: formats.join(', '),
      })
      return fail('usage', { problem, usage: `paddock ${inventory.usage}` })
    }
    const query = await readQuery(context)
    if (!query.ok) return query
    if (format === 'csv') return writeCsv(context, query.value)
    const rows = await context.session.call('inventory.list', { query: query.value })
    if (!rows.ok) return rows
    if (format === 'json') context.output.json(rows.value)
    else if (rows.value.length === 0 && query.value !== '')
      context.output.text(words('cli:inventory.noMatch'))
    else context.output.text(inventoryTable(rows.value, words, context.output.width))
    return succeed(0)
  },
}

/** The query given, narrowed to a saved view if one is named. */
async function readQuery({ given, session }: Context): Promise<Result<string>> {
  const query = given.text('query') ?? ''
  const name = given.text('view')
  if (name === undefined) return succeed(query)
  const views = await session.call('view.list', {})
  if (!views.ok) return views
  const view = views.value.find(each => each.name.toLowerCase() === name.trim().toLowerCase())
  if (view === undefined) return fail('view-unknown', { view: name })
  return succeed(
    [view.query, query].every(part => part.trim() !== '') ? `(${view.query}) (${query})` : view.query + query,
  )
}

async function writeCsv({ session, output }: Context, query: string): Promise<Result<ExitCode>> {
  const text = await session.call('inventory.export', { format: 'csv', query })
  if (!text.ok) return text
  output.text(text.value.trimEnd())
  return succeed(0)
}

const instance: Command = {
  kind: 'session',
  path: ['instance'],
  usage: 'instance <id|address:port|[v6]:port>',
  needs: 1,
  takes: 1,
  options: {},
  async run(context) {
    const found = await context.session.call('instance.show', {
      instance: context.given.positionals[0] ?? '',
    })
    return found.ok ? show(context, found.value, detail => describeInstance(detail, context.words)) : found
  },
}

export const inventoryCommands: readonly Command[] = [inventory, instance]

/** The inventory for people: one line an instance. */
export function inventoryTable(rows: readonly InstanceRow[], words: Words, width: number): string {
  return rows.length === 0 ? words('cli:inventory.none') : formatTable(inventoryColumns(words), rows, width)
}

export function inventoryColumns(words: Words): Column<InstanceRow>[] {
  const title = (name: string) => words(`cli:column.${name}`)
  const unknown = words('terms:unknown')
  return [
    { title: title('id'), right: true, text: row => String(row.id) },
    { title: title('address'), text: row => formatAddressPort(row.address, row.port) },
    { title: title('product'), text: row => productText(row, words) },
    { title: title('version'), text: row => row.version ?? unknown },
    { title: title('access'), text: row => words(`terms:access.${row.access}`) },
    { title: title('tools'), text: row => toolsText(row, words) },
    {
      title: title('models'),
      right: true,
      text: row => (row.models === null ? unknown : String(row.models.length)),
    },
    { title: title('cors'), text: row => words(`terms:cors.${row.cors}`) },
    { title: title('presence'), text: row => words(`terms:presence.${row.presence}`) },
    { title: title('site'), text: row => row.site },
  ]
}

function productText({ product, suspected, confidence }: InstanceRow, words: Words): string {
  if (product !== 'unknown') return `${words(`terms:product.${product}`)} ${confidence} %`
  return suspected === null ? words('terms:product.unknown') : words(`terms:suspected.${suspected}`)
}

export function toolsText({ toolCalling }: InstanceRow, words: Words): string {
  return toolCalling === null ? words('terms:unknown') : words(toolCalling ? 'terms:yes' : 'terms:no')
}
