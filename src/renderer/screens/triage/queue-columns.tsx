import { useMemo } from 'react'
import { formatAddressPort } from '#shared/domain/address.ts'
import type { TriageRow } from '#shared/domain/triage.ts'
import type { GridColumn } from '../../components/grid-columns.tsx'
import { SeverityMark, Unknown } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { EscalatedMark, OverdueMark, OwnershipMark, useBasis } from '../../components/ownership-marks.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatDate, formatExact, millisecondsOf } from '../../format/dates.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './triage.module.css'

interface CellProps {
  readonly row: TriageRow
}

const RiskCell = ({ row }: CellProps) => <SeverityMark severity={row.severity} />
const AddressCell = ({ row }: CellProps) => <Mono>{formatAddressPort(row.address, row.port)}</Mono>
const StateCell = ({ row }: CellProps) => <OwnershipMark state={row.ownership.state} />
const HostCell = ({ row }: CellProps) => (row.hostnames.length === 0 ? <Unknown /> : row.hostnames.join(', '))

function OwnerCell({ row: { ownership } }: CellProps) {
  const { t } = useWords()
  return ownership.owner === null ? <span className={css['muted']}>{t('terms:none')}</span> : ownership.owner
}

function ReasonCell({ row }: CellProps) {
  const basis = useBasis()
  return <span className={css['muted']}>{basis(row.ownership) || '–'}</span>
}

function AgeCell({ row }: CellProps) {
  const { t } = useWords()
  const days = t('triage:days', { count: row.ageDays })
  return row.isEscalated ? <EscalatedMark word={days} /> : days
}

function DueCell({ row: { ownership, isOverdue } }: CellProps) {
  const language = useLanguage()
  if (ownership.dueOn === null) return <span className={css['muted']}>–</span>
  const date = formatDate(ownership.dueOn, language)
  return isOverdue ? <OverdueMark word={date} /> : date
}

function SiteCell({ row }: CellProps) {
  const { t } = useWords()
  return (
    <>
      {row.site}
      {row.zone === 'unknown' ? null : <span className={css['reason']}>{t(`terms:zone.${row.zone}`)}</span>}
    </>
  )
}

/** What the queue shows of each instance, in the language on show. */
export function useQueueColumns(): readonly GridColumn<TriageRow>[] {
  const { t } = useWords()
  const language = useLanguage()
  const basis = useBasis()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the basis is words, which change with the language
  return useMemo(
    () => [
      { id: 'risk', head: t('inventory.column.risk'), width: 108, isPinned: true, cell: RiskCell },
      { id: 'address', head: t('inventory.column.address'), width: 176, isPinned: true, cell: AddressCell },
      {
        id: 'hostName',
        head: t('inventory.column.hostName'),
        width: 132,
        hint: row => row.hostnames.join('\n') || null,
        cell: HostCell,
      },
      { id: 'state', head: t('triage:column.state'), width: 136, cell: StateCell },
      {
        id: 'owner',
        head: t('triage:column.owner'),
        width: 160,
        hint: row => row.ownership.owner,
        cell: OwnerCell,
      },
      {
        id: 'reason',
        head: t('triage:column.reason'),
        width: 236,
        grows: 1,
        hint: row => basis(row.ownership) || null,
        cell: ReasonCell,
      },
      {
        id: 'age',
        head: t('triage:column.age'),
        width: 128,
        hint: row => formatExact(millisecondsOf(row.firstSeenAt), language),
        cell: AgeCell,
      },
      { id: 'due', head: t('triage:column.due'), width: 132, cell: DueCell },
      { id: 'site', head: t('inventory.column.site'), width: 184, cell: SiteCell },
    ],
    [t, language],
  )
}
