import { type Command, show } from '../command.ts'
import { formatTable } from '../table.ts'

const list: Command = {
  kind: 'session',
  path: ['site', 'list'],
  usage: 'site list',
  needs: 0,
  takes: 0,
  options: {},
  async run(context) {
    const { session, words, output } = context
    const sites = await session.call('site.list', {})
    if (!sites.ok) return sites
    return show(context, sites.value, all =>
      all.length === 0
        ? words('cli:site.none')
        : formatTable(
            [
              { title: words('cli:column.site'), text: site => site.name },
              { title: words('cli:column.ranges'), right: true, text: site => String(site.rangeCount) },
              { title: words('cli:column.instances'), right: true, text: site => String(site.instanceCount) },
            ],
            all,
            output.width,
          ),
    )
  },
}

export const siteCommands: readonly Command[] = [list]
