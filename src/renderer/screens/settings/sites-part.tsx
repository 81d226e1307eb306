import { Switch } from '@mantine/core'
import { useState } from 'react'
import type { Site } from '#shared/domain/site.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useCommand, useRead } from '../../data/reads.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Asked, Part } from './part.tsx'
import css from './settings.module.css'

/** The places ranges belong to, and whether their hosts' names are asked for. */
export function SitesPart() {
  const { t } = useWords()
  const read = useRead('site.list', {}, { keepPrevious: true })
  const [failure, setFailure] = useState<Failure | null>(null)
  const edit = useCommand('site.edit')
  const change = async (site: Site, reverseDns: boolean) => {
    const edited = await edit.run({ site: site.name, reverseDns })
    setFailure(edited.ok ? null : edited.failure)
    if (edited.ok)
      sayDone(t(reverseDns ? 'settings.site.namesOn' : 'settings.site.namesOff', { site: site.name }))
  }
  const columns = useSiteColumns(edit.isRunning, change)
  return (
    <Part title={t('settings.sites')} note={t('settings.sitesNote')} isWide>
      {failure === null ? null : <FailurePanel failure={failure} />}
      <Asked read={read}>
        {sites =>
          sites.length === 0 ? (
            <p className={css['none']}>{t('settings.noSite')}</p>
          ) : (
            <Table
              label={t('settings.sites')}
              isInset
              rows={sites}
              rowKey={({ id }) => String(id)}
              columns={columns}
            />
          )
        }
      </Asked>
    </Part>
  )
}

function useSiteColumns(
  isBusy: boolean,
  change: (site: Site, reverseDns: boolean) => Promise<void>,
): TableColumn<Site>[] {
  const { t } = useWords()
  const language = useLanguage()
  return [
    { id: 'name', head: t('settings.site.name'), cell: ({ name }) => name },
    {
      id: 'ranges',
      head: t('settings.site.ranges'),
      alignEnd: true,
      cell: ({ rangeCount }) => formatNumber(rangeCount, language),
    },
    {
      id: 'instances',
      head: t('settings.site.instances'),
      alignEnd: true,
      cell: ({ instanceCount }) => formatNumber(instanceCount, language),
    },
    {
      id: 'names',
      head: t('settings.site.names'),
      cell: site => (
        <Switch
          aria-label={t('settings.site.namesAt', { site: site.name })}
          checked={site.reverseDns}
          disabled={isBusy}
          onChange={event => void change(site, event.currentTarget.checked)}
        />
      ),
    },
  ]
}
