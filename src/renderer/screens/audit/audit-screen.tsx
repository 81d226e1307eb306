import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import type { AuditEntry } from '#shared/domain/audit.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { Mono } from '../../components/mono.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ScreenLayout } from '../../components/screen-layout.tsx'
import { EmptyPanel, LoadingPanel } from '../../components/state-panel.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { audit, formatAudit } from '../../state/audit-route.ts'
import css from './audit.module.css'
import { AuditFilterBar } from './audit-filter-bar.tsx'
import { AuditTools } from './audit-tools.tsx'
import { subjectsOf } from './difference.ts'
import { EntryDrawer } from './entry-drawer.tsx'
import { OutcomeMark } from './outcome-mark.tsx'
import { type AuditList, useAuditList } from './use-audit-list.ts'
import { VerifyPanel } from './verify-panel.tsx'

/** Who did what, when, and whether the record of it is whole. */
export function AuditScreen() {
  const { t } = useWords()
  const { navigation } = useParts()
  const route = useScreenRoute('audit', audit)
  const list = useAuditList(route)
  const kinds = useRead('audit.kinds', {}, { keepPrevious: true })
  const [isVerifying, setVerifying] = useState(false)
  const newest = kinds.data?.entries ?? 0
  const isWhole = formatAudit({ ...route, entry: null }) === formatAudit(audit)
  const shown = list.entries?.[0]?.id ?? 0
  useKeys({ r: list.reload, '/': () => document.getElementById('audit-text')?.focus() })
  const step = (by: 1 | -1) => {
    const entries = list.entries ?? []
    const next = entries[entries.findIndex(({ id }) => id === route.entry) + by]
    if (next !== undefined) navigation.replace({ ...route, entry: next.id })
  }
  return (
    <ScreenLayout
      header={
        <PageHeader
          title={t('screen.audit')}
          count={kinds.data === undefined ? null : t('audit:count', { count: newest })}
        >
          <AuditTools list={list} isVerifying={isVerifying} onVerify={() => setVerifying(true)} />
        </PageHeader>
      }
      drawer={
        route.entry === null ? null : (
          <EntryDrawer
            id={route.entry}
            onClose={() => navigation.go({ ...route, entry: null })}
            onStep={step}
          />
        )
      }
    >
      {isVerifying ? <VerifyPanel onClose={() => setVerifying(false)} /> : null}
      <AuditFilterBar route={route} kinds={kinds.data} />
      {isWhole && shown > 0 && newest > shown ? (
        <Button size="xs" variant="light" onClick={list.reload} mb={8}>
          {t('audit:newer', { count: newest - shown })}
        </Button>
      ) : null}
      <Entries
        list={list}
        selected={route.entry}
        link={entry => formatAudit({ ...route, entry: entry.id })}
      />
    </ScreenLayout>
  )
}

interface EntriesProps {
  readonly list: AuditList
  readonly selected: number | null
  readonly link: (entry: AuditEntry) => string
}

function Entries({ list, selected, link }: EntriesProps) {
  const { t } = useWords()
  const columns = useEntryColumns()
  const { entries, failure, error } = list
  if (failure !== null || error !== null)
    return <FailurePanel failure={failure} error={error} onRetry={list.reload} />
  if (entries === null) return <LoadingPanel />
  if (entries.length === 0)
    return <EmptyPanel icon={IconHistory} title={t('audit:nothing')} text={t('audit:nothingText')} />
  return (
    <>
      <Table
        label={t('screen.audit')}
        isInset
        columns={columns}
        rows={entries}
        rowKey={entry => String(entry.id)}
        selectedKey={selected === null ? null : String(selected)}
        link={link}
      />
      {list.hasMore ? (
        <div className={css['more']}>
          <Button variant="default" size="xs" loading={list.isLoading} onClick={list.more}>
            {t('audit:more')}
          </Button>
        </div>
      ) : null}
    </>
  )
}

function useEntryColumns(): TableColumn<AuditEntry>[] {
  const { t } = useWords()
  return [
    { id: 'id', head: t('audit:column.entry'), cell: entry => <Mono>{String(entry.id)}</Mono> },
    { id: 'at', head: t('audit:column.at'), cell: entry => <TimeAgo at={entry.at} /> },
    { id: 'actor', head: t('audit:column.actor'), cell: entry => <Who entry={entry} /> },
    { id: 'command', head: t('audit:column.command'), cell: entry => <Mono>{entry.command}</Mono> },
    {
      id: 'outcome',
      head: t('audit:column.outcome'),
      cell: entry => <OutcomeMark outcome={entry.outcome} />,
    },
    {
      id: 'subject',
      head: t('audit:column.subject'),
      cell: entry => (
        <span className={css['subject']}>
          {entry.erased ? t('audit:erased') : subjectsOf(entry.changes, entry.changeCount)}
        </span>
      ),
    },
  ]
}

/** The person, and the account of the operating system where that is another name. */
function Who({ entry: { actor, account } }: { entry: AuditEntry }) {
  const { t } = useWords()
  if (actor === null) return <span className={css['muted']}>{t('audit:erased')}</span>
  return (
    <>
      {actor}
      {account === null || account === actor ? null : <span className={css['muted']}> ({account})</span>}
    </>
  )
}
