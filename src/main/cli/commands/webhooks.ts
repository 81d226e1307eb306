import { Severity, severities } from '#shared/domain/exposure.ts'
import type { Webhook } from '#shared/domain/webhook.ts'
import { fail, succeed } from '#shared/result.ts'
import { type Command, show } from '../command.ts'
import { readNumbers } from '../numbers.ts'
import { formatTable } from '../table.ts'
import { readPassphrase } from './actors.ts'

const set: Command = {
  kind: 'session',
  path: ['webhook', 'set'],
  usage: `webhook set <url> [--severity ${severities.join('|')}] [--secret-file <file>] [--personal]`,
  needs: 1,
  takes: 1,
  options: { severity: 'text', 'secret-file': 'text', personal: 'flag' },
  async run(context) {
    const { given, session, words } = context
    const severity = Severity.safeParse(given.text('severity') ?? 'medium')
    if (!severity.success) {
      const [value, values] = [given.text('severity') ?? '', severities.join(', ')]
      const problem = words('cli:problem.value', { option: 'severity', value, values })
      return fail('usage', { problem, usage: `paddock ${set.usage}` })
    }
    // Not on the command line, where others on this machine could read it.
    const file = given.text('secret-file')
    const secret = file === undefined ? succeed(undefined) : readPassphrase(file)
    if (!secret.ok) return secret
    const made = await session.call('webhook.set', {
      url: given.positionals[0] ?? '',
      leastSeverity: severity.data,
      personal: given.flag('personal'),
      ...(secret.value !== undefined && { secret: secret.value }),
    })
    return made.ok
      ? show(context, made.value, ({ id, url, secret: shown }) =>
          words('exchange:webhook.set', { id, url, secret: shown }),
        )
      : made
  },
}

const list: Command = {
  kind: 'session',
  path: ['webhook', 'list'],
  usage: 'webhook list',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const { session, words, output } = context
    const webhooks = await session.call('webhook.list', {})
    if (!webhooks.ok) return webhooks
    const title = (name: string) => words(`exchange:webhook.${name}`)
    const count = (name: 'waiting' | 'delivered' | 'failed') => ({
      title: title(name),
      right: true,
      text: (webhook: Webhook) => String(webhook[name]),
    })
    const columns = [
      { title: words('cli:column.id'), right: true, text: ({ id }: Webhook) => String(id) },
      { title: title('url'), text: ({ url }: Webhook) => url },
      {
        title: title('leastSeverity'),
        text: ({ leastSeverity }: Webhook) => words(`terms:severity.${leastSeverity}`),
      },
      count('waiting'),
      count('delivered'),
      count('failed'),
      { title: title('problem'), text: ({ problem }: Webhook) => problem ?? '' },
    ]
    return show(context, webhooks.value, all =>
      all.length === 0 ? words('exchange:webhook.none') : formatTable(columns, all, output.width),
    )
  },
}

const test: Command = {
  kind: 'session',
  path: ['webhook', 'test'],
  usage: 'webhook test <id>',
  needs: 1,
  takes: 1,
  options: {},
  async run(context) {
    const id = readNumbers(context.given.positionals, 'webhook-missing', 'id')
    if (!id.ok) return id
    const tested = await context.session.call('webhook.test', { id: id.value[0] ?? 0 })
    if (!tested.ok) return tested
    const { problem } = tested.value
    show(context, tested.value, () =>
      problem === null
        ? context.words('exchange:webhook.works')
        : context.words('exchange:webhook.fails', { problem }),
    )
    return succeed(problem === null ? 0 : 3)
  },
}

const remove: Command = {
  kind: 'session',
  path: ['webhook', 'remove'],
  usage: 'webhook remove <id>',
  needs: 1,
  takes: 1,
  options: {},
  async run(context) {
    const id = readNumbers(context.given.positionals, 'webhook-missing', 'id')
    if (!id.ok) return id
    const removed = await context.session.call('webhook.remove', { id: id.value[0] ?? 0 })
    return removed.ok
      ? show(context, removed.value, value => context.words('exchange:webhook.removed', { ...value }))
      : removed
  },
}

export const webhookCommands: readonly Command[] = [set, list, test, remove]
