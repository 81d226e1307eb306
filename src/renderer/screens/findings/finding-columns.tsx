import { useMemo } from 'react'
import { formatAddressPort } from '#shared/domain/address.ts'
import { openStatuses } from '#shared/domain/finding.ts'
import type { FindingColumn, FindingPageRow } from '#shared/domain/finding-list.ts'
import { DueMark, FindingStatusMark } from '../../components/finding-marks.tsx'
import type { GridColumn } from '../../components/grid-columns.tsx'
import { SeverityMark } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useNow } from '../../components/use-now.ts'
import { type KnownRules, useRules } from '../../data/rules.ts'
import { formatExact, formatRelative, millisecondsOf } from '../../format/dates.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './findings.module.css'

type Column = GridColumn<FindingPageRow>

/** Whether somebody still has to do something. */
export function isToDo({ status }: Pick<FindingPageRow, 'status'>): boolean {
  return openStatuses.some(each => each === status)
}

/** What the grid shows of each finding, in the language on show. */
export function useFindingColumns(): readonly Column[] {
  const { t } = useWords()
  const language = useLanguage()
  const rules = useRules()
  return useMemo(() => {
    const head = (id: FindingColumn | 'site') => t(`findings:column.${id}`)
    const exact = (at: string | null) => (at === null ? null : formatExact(millisecondsOf(at), language))
    const columns: (Column & { id: FindingColumn | 'site' })[] = [
      {
        id: 'severity',
        head: head('severity'),
        width: 108,
        isPinned: true,
        isSortable: true,
        isLevel: true,
        cell: ({ row }) => <SeverityMark severity={row.severity} />,
      },
      {
        id: 'rule',
        head: head('rule'),
        width: 400,
        grows: 1,
        isSortable: true,
        hint: row => row.subjects.join('\n') || null,
        cell: ({ row }) => <RuleCell row={row} rules={rules} />,
      },
      {
        id: 'address',
        head: head('address'),
        width: 158,
        isSortable: true,
        cell: ({ row }) => <Mono>{formatAddressPort(row.address, row.port)}</Mono>,
      },
      {
        id: 'status',
        head: head('status'),
        width: 152,
        isSortable: true,
        hint: row => t(`governance:findingReason.${row.reason}`),
        cell: ({ row }) => <FindingStatusMark status={row.status} />,
      },
      {
        id: 'openedAt',
        head: head('openedAt'),
        width: 118,
        isSortable: true,
        highestFirst: true,
        hint: row => exact(row.openedAt),
        cell: ({ row }) => <Ago at={row.openedAt} />,
      },
      {
        id: 'dueAt',
        head: head('dueAt'),
        width: 204,
        isSortable: true,
        hint: row => exact(row.dueAt),
        cell: ({ row }) => <DueMark dueAt={row.dueAt} isOver={!isToDo(row)} />,
      },
      {
        id: 'owner',
        head: head('owner'),
        width: 132,
        isSortable: true,
        cell: ({ row }) => row.owner ?? <span className={css['muted']}>{t('findings:nobody')}</span>,
      },
      { id: 'site', head: head('site'), width: 112, cell: ({ row }) => row.site },
    ]
    return columns
  }, [t, language, rules])
}

/** The rule, and about what: the one model or advisory, or how many. */
function RuleCell({ row, rules }: { row: FindingPageRow; rules: KnownRules }) {
  const { t } = useWords()
  const [first] = row.subjects
  const about =
    row.count > 1
      ? t(`findings:several.${rules.of(row.rule)?.each ?? 'instance'}`, { count: row.count })
      : row.subject === 'instance'
        ? null
        : (first ?? row.subject)
  return (
    <>
      {rules.titleOf(row.rule)} {about === null ? null : <span className={css['about']}>{about}</span>}
    </>
  )
}

function Ago({ at }: { at: string }) {
  const language = useLanguage()
  const now = useNow()
  return <>{formatRelative(Math.min(millisecondsOf(at), now), now, language)}</>
}
