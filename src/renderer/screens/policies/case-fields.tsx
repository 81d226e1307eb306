import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { type RuleCase, type RuleTest, Verdict } from '#shared/domain/policy.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './policies.module.css'
import { CaseResult } from './rule-cases.tsx'

export interface CaseFieldsProps {
  readonly cases: readonly RuleCase[]
  readonly test: RuleTest | null
  readonly onChange: (cases: RuleCase[]) => void
}

/** Cases that are kept with the rule: facts, and what it must say of them. */
export function CaseFields({ cases, test, onChange }: CaseFieldsProps) {
  const { t } = useWords()
  const put = (index: number, next: RuleCase) =>
    onChange(cases.map((each, at) => (at === index ? next : each)))
  const add = () =>
    onChange([
      ...cases,
      { name: t('policies:case.new', { number: cases.length + 1 }), facts: {}, expect: 'broken' },
    ])
  return (
    <div className={css['form']}>
      {cases.map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names change while they are written
        <fieldset key={index} className={css['case']}>
          <div className={css['caseHead']}>
            <TextInput
              label={t('policies:case.name')}
              value={each.name}
              onChange={event => put(index, { ...each, name: event.currentTarget.value })}
            />
            <Select
              label={t('policies:case.expect')}
              data={Verdict.options.map(value => ({ value, label: t(`policies:verdict.${value}`) }))}
              value={each.expect}
              onChange={value => put(index, { ...each, expect: Verdict.parse(value) })}
            />
            <div className={css['caseFound']}>
              <CaseResult name={each.name} test={test} />
            </div>
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={t('policies:case.remove', { name: each.name })}
              onClick={() => onChange(cases.filter((_, at) => at !== index))}
            >
              <IconTrash size={15} aria-hidden />
            </Button>
          </div>
          <FactsField facts={each.facts} onChange={facts => put(index, { ...each, facts })} />
        </fieldset>
      ))}
      <div>
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
          {t('policies:case.add')}
        </Button>
      </div>
    </div>
  )
}

/** Facts as JSON: what is not given is as at an ordinary instance, null takes a fact away. */
function FactsField({
  facts,
  onChange,
}: {
  facts: RuleCase['facts']
  onChange: (facts: RuleCase['facts']) => void
}) {
  const { t } = useWords()
  const [text, setText] = useState(() => JSON.stringify(facts))
  const [isWrong, setWrong] = useState(false)
  const write = (next: string) => {
    setText(next)
    const read = readObject(next)
    setWrong(read === null)
    if (read !== null) onChange(read)
  }
  return (
    <Textarea
      label={t('policies:case.facts')}
      spellCheck={false}
      autosize
      minRows={1}
      maxRows={6}
      classNames={{ input: css['code'] ?? '' }}
      value={text}
      error={isWrong ? t('policies:case.malformed') : null}
      onChange={event => write(event.currentTarget.value)}
    />
  )
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null && !Array.isArray(read)
      ? (read as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
