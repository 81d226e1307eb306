import { IconCircleCheck, IconCircleOff } from '@tabler/icons-react'
import type { PolicyRule } from '#shared/domain/policy.ts'
import { SeverityMark } from '../../components/marks.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useRead } from '../../data/reads.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { policies } from '../../state/policies-route.ts'
import { formatRoute } from '../../state/route.ts'
import css from './policies.module.css'

/** The rules, the most severe first. */
export function RuleTable({ rules, selected }: { rules: readonly PolicyRule[]; selected: string | null }) {
  const { t } = useWords()
  const columns = useRuleColumns()
  const order = ['critical', 'high', 'medium', 'low', 'none']
  const sorted = rules.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
  return (
    <Table
      label={t('screen.policies')}
      columns={columns}
      rows={sorted}
      rowKey={rule => rule.key}
      selectedKey={selected}
      link={rule => formatRoute({ ...policies, rule: rule.key })}
    />
  )
}

function useRuleColumns(): TableColumn<PolicyRule>[] {
  const { t } = useWords()
  const language = useLanguage()
  const counts = useRead('policy.counts', {}, { keepPrevious: true }).data
  const countOf = (key: string, field: 'broken' | 'unknown') => {
    if (counts === undefined) return '…'
    return formatNumber(counts.find(each => each.key === key)?.[field] ?? 0, language)
  }
  return [
    {
      id: 'title',
      head: t('policies:column.rule'),
      wraps: true,
      cell: rule => rule.title[language],
    },
    {
      id: 'severity',
      head: t('policies:column.severity'),
      cell: rule => <SeverityMark severity={rule.severity} />,
    },
    { id: 'enabled', head: t('policies:column.enabled'), cell: rule => <InForce rule={rule} /> },
    {
      id: 'broken',
      head: t('policies:column.broken'),
      alignEnd: true,
      cell: rule => countOf(rule.key, 'broken'),
    },
    {
      id: 'unknown',
      head: t('policies:column.unknown'),
      alignEnd: true,
      cell: rule => <span className={css['muted']}>{countOf(rule.key, 'unknown')}</span>,
    },
    {
      id: 'pack',
      head: t('policies:column.pack'),
      cell: ({ pack, edition }) => (
        <span className={css['muted']}>{pack === 'own' ? t('policies:own') : `${pack} ${edition}`}</span>
      ),
    },
  ]
}

function InForce({ rule: { enabled, sites, scopeQuery } }: { rule: PolicyRule }) {
  const { t } = useWords()
  const others = sites.filter(each => each.enabled !== enabled).length
  return (
    <>
      <StatusMark
        icon={enabled ? IconCircleCheck : IconCircleOff}
        tone={enabled ? 'ok' : 'muted'}
        word={t(enabled ? 'policies:inForce' : 'policies:off')}
      />{' '}
      {others === 0 ? null : (
        <span className={css['muted']}>{t('policies:otherwise', { count: others })}</span>
      )}{' '}
      {scopeQuery === '' ? null : <span className={css['muted']}>{t('policies:scoped')}</span>}
    </>
  )
}
