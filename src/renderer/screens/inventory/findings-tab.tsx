import { FailurePanel } from '../../components/failure-panel.tsx'
import { DueMark, FindingStatusMark } from '../../components/finding-marks.tsx'
import { SeverityMark } from '../../components/marks.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { Table } from '../../components/table.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { findings } from '../../state/findings-route.ts'
import { formatRoute } from '../../state/route.ts'
import css from './instance.module.css'
import type { TabProps } from './tab-props.ts'

/** What breaks a rule at this instance, or did; several advisories are one line. */
export function FindingsTab({ instance }: TabProps) {
  const { t } = useWords()
  const language = useLanguage()
  const query = `instance:${instance.id}`
  const read = useRead('finding.page', { query, grouped: true, limit: 200 }, { keepPrevious: true })
  const rules = useRead('policy.list', {}).data
  if (read.failure !== null || read.error !== null)
    return <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
  if (read.data === undefined) return <LoadingPanel />
  if (read.data.rows.length === 0) return <p className={css['muted']}>{t('findings:empty.ofInstance')}</p>
  const ruleOf = (key: string) => rules?.find(rule => rule.key === key)
  return (
    <Table
      label={t('screen.findings')}
      columns={[
        {
          id: 'rule',
          head: t('findings:column.rule'),
          wraps: true,
          cell: row => (
            <>
              {ruleOf(row.rule)?.title[language] ?? row.rule}{' '}
              {row.count === 1 ? null : (
                <span className={css['muted']}>
                  {t(`findings:several.${ruleOf(row.rule)?.each ?? 'instance'}`, { count: row.count })}
                </span>
              )}
            </>
          ),
        },
        {
          id: 'severity',
          head: t('findings:column.severity'),
          cell: row => <SeverityMark severity={row.severity} />,
        },
        {
          id: 'status',
          head: t('findings:column.status'),
          cell: row => <FindingStatusMark status={row.status} />,
        },
        {
          id: 'due',
          head: t('findings:column.dueAt'),
          cell: row => <DueMark dueAt={row.dueAt} isOver={row.status === 'resolved'} />,
        },
      ]}
      rows={read.data.rows}
      rowKey={row => String(row.id)}
      link={row => formatRoute({ ...findings, text: query, finding: row.id })}
      isInset
    />
  )
}
