import { Button, Tabs } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { ExportTableButton } from '../../actions/export-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ScreenLayout } from '../../components/screen-layout.tsx'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useWords, type Words } from '../../i18n/use-words.ts'
import { triage, triageTabs } from '../../state/triage-route.ts'
import { BoardTab } from './board-tab.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { InheritedTab } from './inherited-tab.tsx'
import { OwnerDrawer } from './owner-drawer.tsx'
import { OwnersTab } from './owners-tab.tsx'
import { QueueTab } from './queue-tab.tsx'
import css from './triage.module.css'
import { type Queue, useQueue } from './use-queue.ts'

/** Who answers for what, and what nobody answers for yet. */
export function TriageScreen() {
  const { t } = useWords()
  const { navigation } = useParts()
  const route = useScreenRoute('triage', triage)
  const queue = useQueue(route)
  const [isImporting, setImporting] = useState(false)
  return (
    <ScreenLayout
      scrolls={false}
      header={
        <PageHeader title={t('screen.triage')} count={countOf(queue, t)}>
          <ExportTableButton table="owners" />
          <Button
            variant="default"
            leftSection={<IconUpload size={15} aria-hidden />}
            onClick={() => setImporting(true)}
          >
            {t('triage:import.open')}
          </Button>
        </PageHeader>
      }
      drawer={route.tab === 'owners' && route.owner !== null ? <OwnerDrawer route={route} /> : null}
    >
      <div className={css['tabs']}>
        <Tabs
          value={route.tab}
          onChange={value =>
            navigation.go({
              ...route,
              owner: null,
              tab: triageTabs.find(tab => tab === value) ?? 'queue',
            })
          }
        >
          <Tabs.List aria-label={t('triage:tabs')}>
            {triageTabs.map(tab => (
              <Tabs.Tab key={tab} value={tab}>
                {t(`triage:tab.${tab}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      </div>
      {route.tab === 'queue' ? <QueueTab queue={queue} route={route} /> : null}
      {route.tab === 'board' ? <BoardTab queue={queue} route={route} /> : null}
      {route.tab === 'owners' ? <OwnersTab route={route} onImport={() => setImporting(true)} /> : null}
      {route.tab === 'inherited' ? <InheritedTab /> : null}
      {isImporting ? <ImportDialog onClose={() => setImporting(false)} /> : null}
    </ScreenLayout>
  )
}

/** "128 need an owner, 3 for too long". */
function countOf({ summary: { data } }: Queue, t: Words): string | null {
  if (data === undefined) return null
  const count = data.counts.unowned + data.counts.proposed + data.counts.disputed
  const parts = [
    t('triage:needOwner', { count }),
    data.escalated > 0 ? t('triage:forTooLong', { count: data.escalated }) : '',
    data.pending > 0 ? t('triage:pending', { count: data.pending }) : '',
  ]
  return parts.filter(part => part !== '').join(' · ')
}
