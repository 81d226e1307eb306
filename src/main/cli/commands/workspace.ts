import type { AllowedRequest } from '#shared/domain/allow-list.ts'
import type { Settings } from '#shared/domain/settings.ts'
import type { Vantage } from '#shared/domain/vantage.ts'
import { fail } from '#shared/result.ts'
import { type Command, show } from '../command.ts'
import { formatTable } from '../table.ts'
import type { Words } from '../words.ts'

const allowList: Command = {
  kind: 'session',
  path: ['allow-list'],
  usage: 'allow-list',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const allowed = await context.session.call('allow-list.show', {})
    if (!allowed.ok) return allowed
    const { words, output } = context
    return show(context, allowed.value, list =>
      formatTable<AllowedRequest>(
        [
          { title: words('cli:column.kind'), text: request => request.kind },
          { title: words('cli:column.request'), text: request => `${request.method} ${request.path}` },
          { title: words('cli:column.varies'), text: request => request.header ?? request.body ?? '' },
          { title: words('cli:column.stage'), right: true, text: request => String(request.stage) },
          { title: words('cli:column.purpose'), text: request => words(`terms:probe.${request.kind}`) },
        ],
        list,
        output.width,
      ),
    )
  },
}

const vantages: Command = {
  kind: 'session',
  path: ['vantage', 'list'],
  usage: 'vantage list',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const seen = await context.session.call('vantage.show', {})
    if (!seen.ok) return seen
    const { words, output } = context
    return show(context, seen.value, list =>
      formatTable<Vantage>(
        [
          { title: words('cli:column.interface'), text: vantage => vantage.interface },
          { title: words('cli:column.prefix'), text: vantage => vantage.prefix },
          { title: words('cli:column.gateway'), text: vantage => vantage.gateway ?? '' },
          { title: 'VPN', text: vantage => words(vantage.vpn ? 'terms:yes' : 'terms:no') },
        ],
        list,
        output.width,
      ),
    )
  },
}

const showSettings: Command = {
  kind: 'session',
  path: ['settings', 'show'],
  usage: 'settings show',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const settings = await context.session.call('settings.show', {})
    return settings.ok ? show(context, settings.value, all => settingsText(all, context.words)) : settings
  },
}

const setSettings: Command = {
  kind: 'session',
  path: ['settings', 'set'],
  usage: 'settings set [--organisation <name>] [--contact <address or number>]',
  needs: 0,
  takes: 0,
  options: { organisation: 'text', contact: 'text' },
  async run(context) {
    const { given, words } = context
    const organisation = given.text('organisation')
    const contact = given.text('contact')
    if (organisation === undefined && contact === undefined) {
      return fail('usage', { problem: words('cli:problem.nothing'), usage: `paddock ${setSettings.usage}` })
    }
    const edit = {
      ...(organisation !== undefined && { organisation }),
      ...(contact !== undefined && { contact }),
    }
    const settings = await context.session.call('settings.edit', edit)
    return settings.ok ? show(context, settings.value, all => settingsText(all, words)) : settings
  },
}

export const workspaceCommands: readonly Command[] = [allowList, vantages, showSettings, setSettings]

function settingsText({ organisation, contact }: Settings, words: Words): string {
  return words('cli:settings', { organisation: organisation || '–', contact: contact || '–' })
}
