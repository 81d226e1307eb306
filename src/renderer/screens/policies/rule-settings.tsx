import { Button, Select, Switch, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { PolicyEdit, PolicyRule } from '#shared/domain/policy.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { sayDone, useSayFailed } from '../../actions/say.ts'
import { Section } from '../../components/facts.tsx'
import { failureWords } from '../../components/failure-words.ts'
import { MarkedMistake } from '../../components/marked-mistake.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useCommand, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { ParamValue } from './param-fields.tsx'
import css from './policies.module.css'

type Set = (edit: Omit<PolicyEdit, 'key'>) => Promise<void>

/** What is set for a rule here: whether and where it holds, how severe it is, for which instances. */
export function RuleSettings({ rule }: { rule: PolicyRule }) {
  const { t } = useWords()
  const command = useCommand('policy.set')
  const sayFailed = useSayFailed()
  const set: Set = async edit => {
    const done = await command.run({ key: rule.key, ...edit })
    if (!done.ok) return sayFailed(done.failure)
    sayDone(t('saved'))
  }
  const severities = ['critical', 'high', 'medium', 'low'] as const
  return (
    <Section title={t('policies:settings.title')}>
      <div className={css['form']}>
        <Switch
          label={t('policies:settings.enabled')}
          checked={rule.enabled}
          disabled={command.isRunning}
          onChange={event => void set({ enabled: event.currentTarget.checked })}
        />
        <Select
          label={t('policies:column.severity')}
          data={severities.map(value => ({ value, label: t(`terms:severity.${value}`) }))}
          value={rule.severity}
          disabled={command.isRunning}
          onChange={severity => severity !== null && void set({ severity })}
          w={200}
        />
        <Params key={JSON.stringify(rule.params)} rule={rule} set={set} isRunning={command.isRunning} />
        <Sites rule={rule} set={set} isRunning={command.isRunning} />
        <Scope key={rule.scopeQuery} rule={rule} set={set} />
      </div>
    </Section>
  )
}

/** What its condition is written with. */
function Params({ rule, set, isRunning }: { rule: PolicyRule; set: Set; isRunning: boolean }) {
  const { t } = useWords()
  const [params, setParams] = useState(rule.params)
  const entries = Object.entries(params)
  const isChanged = JSON.stringify(params) !== JSON.stringify(rule.params)
  const save = (event: FormEvent) => {
    event.preventDefault()
    void set({ params })
  }
  if (entries.length === 0) return null
  return (
    <form onSubmit={save} className={css['scope']}>
      {entries.map(([name, value]) => (
        <ParamValue
          key={name}
          label={t('policies:params.label', { name })}
          value={value}
          onChange={next => setParams(now => ({ ...now, [name]: next }))}
        />
      ))}
      {isChanged ? (
        <Button type="submit" size="xs" loading={isRunning}>
          {t('save')}
        </Button>
      ) : null}
    </form>
  )
}

function Sites({ rule, set, isRunning }: { rule: PolicyRule; set: Set; isRunning: boolean }) {
  const { t } = useWords()
  const sites = useRead('site.list', {}).data ?? []
  if (sites.length === 0) return null
  const holdsAt = (name: string) => rule.sites.find(({ site }) => site === name)?.enabled ?? rule.enabled
  return (
    <fieldset className={css['sites']}>
      <legend>{t('policies:settings.sites')}</legend>
      {sites.map(({ name }) => (
        <Switch
          key={name}
          label={name}
          checked={holdsAt(name)}
          disabled={isRunning}
          onChange={event => void set({ site: name, enabled: event.currentTarget.checked })}
        />
      ))}
    </fieldset>
  )
}

function Scope({ rule, set }: { rule: PolicyRule; set: Set }) {
  const { t } = useWords()
  const language = useLanguage()
  const [query, setQuery] = useState(rule.scopeQuery)
  const parsed = parseQuery(query)
  const mistake = parsed.ok ? null : parsed.mistake
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (parsed.ok) void set({ scopeQuery: query })
  }
  return (
    <form onSubmit={save} className={css['scope']}>
      <TextInput
        label={t('policies:settings.scope')}
        description={t('policies:settings.scopeHint')}
        spellCheck={false}
        value={query}
        error={mistake !== null}
        onChange={event => setQuery(event.currentTarget.value)}
      />
      {query === rule.scopeQuery ? null : (
        <Button type="submit" size="xs" disabled={mistake !== null}>
          {t('save')}
        </Button>
      )}
      {mistake === null ? null : (
        <MarkedMistake
          text={query}
          start={mistake.start}
          end={mistake.end}
          {...failureWords(mistake, t, language)}
        />
      )}
    </form>
  )
}
