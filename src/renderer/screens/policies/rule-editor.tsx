import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { parts } from '#shared/domain/facts.ts'
import { type PolicyRule, RuleKey } from '#shared/domain/policy.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { Drawer } from '../../components/drawer.tsx'
import { Section } from '../../components/facts.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { MarkedMistake } from '../../components/marked-mistake.tsx'
import { useParts, usePreferences } from '../../data/parts.tsx'
import { useCommand, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { policies } from '../../state/policies-route.ts'
import { CaseFields } from './case-fields.tsx'
import { ConditionInput } from './condition-input.tsx'
import { ParamFields } from './param-fields.tsx'
import css from './policies.module.css'
import { PreviewLine } from './preview-line.tsx'
import { RemedyFields } from './remedy-fields.tsx'
import { RuleFacts } from './rule-facts.tsx'
import { type Draft, textOf } from './rule-text.ts'
import { usePreview } from './use-preview.ts'

export interface RuleEditorProps {
  readonly initial: Draft
  readonly isNew: boolean
  /** What it is a version or a copy of. */
  readonly origin: PolicyRule | null
}

/** Writes a rule: every change is checked, tried on its cases and asked of all instances at once. */
export function RuleEditor({ initial, isNew, origin }: RuleEditorProps) {
  const { t } = useWords()
  const { navigation, preferences } = useParts()
  const { drawerWidth } = usePreferences()
  const command = useCommand('policy.add')
  const [draft, setDraft] = useState(initial)
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const change = (part: Partial<Draft>) => setDraft(now => ({ ...now, ...part }))
  const preview = usePreview(textOf(draft), isNew ? '' : (origin?.scopeQuery ?? ''))
  const problem = preview.test?.problem ?? null
  const { keyError, isReady } = useReadiness(draft, isNew, problem)
  const close = () => navigation.go({ ...policies, rule: isNew ? (origin?.key ?? null) : draft.key })
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (!isReady) return
    const saved = await command.run({ text: textOf(draft) })
    if (!saved.ok) return setRefusal(saved.failure)
    sayDone(t('policies:editor.saved', { rule: draft.key }))
    navigation.go({ ...policies, rule: draft.key })
  }
  return (
    <Drawer
      label={t(isNew ? 'policies:editor.new' : 'policies:editor.edit', { rule: draft.key })}
      width={Math.max(drawerWidth, 560)}
      onWidth={width => preferences.setState({ drawerWidth: width })}
      onClose={close}
      heading={<h2>{t(isNew ? 'policies:editor.new' : 'policies:editor.edit', { rule: draft.key })}</h2>}
      footer={
        <>
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button type="submit" form="rule-form" loading={command.isRunning} disabled={!isReady}>
            {t('save')}
          </Button>
        </>
      }
    >
      <form id="rule-form" className={css['form']} onSubmit={event => void save(event)} noValidate>
        {refusal === null ? null : <FailurePanel failure={refusal} />}
        {isNew ? (
          <TextInput
            label={t('policies:editor.key')}
            description={t('policies:editor.keyHint')}
            spellCheck={false}
            value={draft.key}
            error={keyError}
            onChange={event => change({ key: event.currentTarget.value })}
          />
        ) : null}
        <Condition draft={draft} change={change} problem={problem} />
        <Scope draft={draft} change={change} problem={problem} />
        <PreviewLine preview={preview} />
        <RuleFacts rule={{ ...draft, scope: draft.scope ?? null }} />
        <WordFields draft={draft} change={change} />
        <Section title={t('policies:params.title')} note={t('policies:params.note')}>
          <ParamFields params={draft.params} onChange={params => change({ params })} />
        </Section>
        <Section title={t('findings:remedy.title')} note={t('policies:remedy.note')}>
          <RemedyFields remedies={draft.remedy} onChange={remedy => change({ remedy })} />
        </Section>
        <Section title={t('policies:case.title')} note={t('policies:editor.casesHint')}>
          <CaseFields cases={draft.cases} test={preview.test} onChange={cases => change({ cases })} />
        </Section>
      </form>
    </Drawer>
  )
}

/** What keeps it from being saved. */
function useReadiness(draft: Draft, isNew: boolean, problem: Problem) {
  const { t } = useWords()
  const known = useRead('policy.list', {}).data ?? []
  const isTaken = isNew && known.some(({ key }) => key === draft.key)
  const isMalformed = draft.key !== '' && !RuleKey.safeParse(draft.key).success
  const keyError = isTaken
    ? t('policies:editor.keyTaken')
    : isMalformed
      ? t('policies:editor.keyMalformed')
      : null
  const isWritten = draft.key !== '' && draft.brokenWhen.trim() !== ''
  return { keyError, isReady: isWritten && keyError === null && problem === null }
}

interface FieldsProps {
  readonly draft: Draft
  readonly change: (part: Partial<Draft>) => void
}

type Problem = NonNullable<ReturnType<typeof usePreview>['test']>['problem']

function Condition({ draft, change, problem }: FieldsProps & { problem: Problem }) {
  const { t } = useWords()
  const severities = ['critical', 'high', 'medium', 'low'] as const
  return (
    <>
      <div className={css['pair']}>
        <Select
          label={t('policies:editor.each')}
          data={parts.map(value => ({ value, label: t(`policies:each.${value}`) }))}
          value={draft.each}
          onChange={value => change({ each: parts.find(part => part === value) ?? 'instance' })}
        />
        <Select
          label={t('policies:column.severity')}
          data={severities.map(value => ({ value, label: t(`terms:severity.${value}`) }))}
          value={draft.severity}
          onChange={value => change({ severity: severities.find(each => each === value) ?? 'medium' })}
        />
      </div>
      <ConditionInput
        label={t('policies:rule.brokenWhen')}
        hint={t('policies:editor.brokenWhenHint')}
        value={draft.brokenWhen}
        each={draft.each}
        params={Object.keys(draft.params)}
        isWrong={problem?.field === 'brokenWhen'}
        onChange={brokenWhen => change({ brokenWhen })}
      />
      {draft.brokenWhen.trim() === '' || problem?.field === 'scope' ? null : (
        <Mistake text={draft.brokenWhen} problem={problem} />
      )}
    </>
  )
}

/** To which instances it applies at all: those it does not apply to are asked nothing. */
function Scope({ draft, change, problem }: FieldsProps & { problem: Problem }) {
  const { t } = useWords()
  const isWrong = problem?.field === 'scope'
  return (
    <>
      <ConditionInput
        label={t('policies:rule.appliesWhere')}
        hint={t('policies:editor.scopeHint')}
        value={draft.scope ?? ''}
        each="instance"
        params={Object.keys(draft.params)}
        isWrong={isWrong}
        onChange={scope => change({ scope })}
      />
      {isWrong ? <Mistake text={draft.scope ?? ''} problem={problem} /> : null}
    </>
  )
}

function Mistake({ text, problem }: { text: string; problem: Problem }) {
  const { t } = useWords()
  if (problem === null) return null
  const { start, end, message } = problem
  return (
    <MarkedMistake
      text={text}
      start={start}
      end={end}
      error={start === null ? message : t('policies:editor.at', { at: start + 1, message })}
    />
  )
}

/** What it is called and why it matters, in both languages. */
function WordFields({ draft, change }: FieldsProps) {
  const { t } = useWords()
  return (
    <>
      {(['en', 'de'] as const).map(language => (
        <div key={language} className={css['form']}>
          <TextInput
            label={t(`policies:editor.title.${language}`)}
            value={draft.title[language]}
            onChange={event => change({ title: { ...draft.title, [language]: event.currentTarget.value } })}
          />
          <Textarea
            label={t(`policies:editor.rationale.${language}`)}
            autosize
            minRows={2}
            maxRows={6}
            value={draft.rationale[language]}
            onChange={event =>
              change({ rationale: { ...draft.rationale, [language]: event.currentTarget.value } })
            }
          />
        </div>
      ))}
      <p className={css['note']}>{t('policies:editor.languages')}</p>
    </>
  )
}
