import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { RuleCase, RuleTest } from '#shared/domain/policy.ts'
import { Section } from '../../components/facts.tsx'
import { Mono } from '../../components/mono.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { Table, type TableColumn } from '../../components/table.tsx'
import { useWords } from '../../i18n/use-words.ts'
import css from './policies.module.css'

/** Cases kept with a rule, each with what the rule says of it. */
export function RuleCases({ cases, test }: { cases: readonly RuleCase[]; test: RuleTest | null }) {
  const { t } = useWords()
  if (cases.length === 0) return null
  const columns: TableColumn<RuleCase>[] = [
    {
      id: 'name',
      head: t('policies:case.name'),
      wraps: true,
      cell: ({ name, facts }) => (
        <>
          {name}
          <div className={css['caseFacts']}>
            <Mono muted>{JSON.stringify(facts)}</Mono>
          </div>
        </>
      ),
    },
    { id: 'expect', head: t('policies:case.expect'), cell: ({ expect }) => t(`policies:verdict.${expect}`) },
    {
      id: 'found',
      head: t('policies:case.found'),
      cell: ({ name }) => <CaseResult name={name} test={test} />,
    },
  ]
  return (
    <Section title={t('policies:case.title')} note={t('policies:case.note')}>
      <Table
        label={t('policies:case.title')}
        columns={columns}
        rows={cases}
        rowKey={each => each.name}
        isInset
      />
    </Section>
  )
}

export function CaseResult({ name, test }: { name: string; test: RuleTest | null }) {
  const { t } = useWords()
  const found = test?.cases.find(each => each.name === name)
  if (found === undefined) return <span className={css['muted']}>–</span>
  return (
    <StatusMark
      icon={found.passed ? IconCircleCheck : IconCircleX}
      tone={found.passed ? 'ok' : 'danger'}
      word={t(`policies:verdict.${found.found}`)}
    />
  )
}
