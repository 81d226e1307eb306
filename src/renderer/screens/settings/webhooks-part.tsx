import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { type Severity, severities } from '#shared/domain/exposure.ts'
import type { Webhook } from '#shared/domain/webhook.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone, useSayFailed } from '../../actions/say.ts'
import { Fact, Facts } from '../../components/facts.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { Copyable } from '../../components/mono.tsx'
import { Notice } from '../../components/notice.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useCommand, useRead } from '../../data/reads.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Asked, Part } from './part.tsx'
import css from './settings.module.css'

/** Where findings are told of: nowhere, until a person names an address. */
export function WebhooksPart() {
  const { t } = useWords()
  const read = useRead('webhook.list', {})
  return (
    <Part title={t('exchange:webhook.title')} note={t('exchange:webhook.text')}>
      <Asked read={read}>
        {webhooks => (
          <>
            {webhooks.map(webhook => (
              <Registered key={webhook.id} webhook={webhook} />
            ))}
            <AddWebhook />
          </>
        )}
      </Asked>
    </Part>
  )
}

function Registered({ webhook }: { webhook: Webhook }) {
  const { t } = useWords()
  const language = useLanguage()
  const test = useCommand('webhook.test')
  const remove = useCommand('webhook.remove')
  const sayFailed = useSayFailed()
  const { id, url, leastSeverity, personal, problem } = webhook
  const tryIt = async () => {
    const done = await test.run({ id })
    if (!done.ok) return sayFailed(done.failure)
    const found = done.value.problem
    sayDone(found === null ? t('exchange:webhook.works') : t('exchange:webhook.fails', { problem: found }))
  }
  const takeAway = async () => {
    const done = await remove.run({ id })
    if (done.ok) sayDone(t('exchange:webhook.removed', { id }))
    else sayFailed(done.failure)
  }
  return (
    <>
      <Facts>
        <Fact name={t('exchange:webhook.url')}>{url}</Fact>
        <Fact name={t('exchange:webhook.leastSeverity')}>{t(`terms:severity.${leastSeverity}`)}</Fact>
        <Fact name={t('exchange:webhook.personal')}>{t(personal ? 'terms:yes' : 'terms:no')}</Fact>
        {(['delivered', 'waiting', 'failed'] as const).map(name => (
          <Fact key={name} name={t(`exchange:webhook.${name}`)}>
            {formatNumber(webhook[name], language)}
          </Fact>
        ))}
        {problem === null ? null : <Fact name={t('exchange:webhook.problem')}>{problem}</Fact>}
      </Facts>
      <div className={css['actions']}>
        <Button variant="default" loading={test.isRunning} onClick={() => void tryIt()}>
          {t('exchange:webhook.test')}
        </Button>
        <Button variant="default" loading={remove.isRunning} onClick={() => void takeAway()}>
          {t('remove')}
        </Button>
      </div>
    </>
  )
}

function AddWebhook() {
  const { t } = useWords()
  const add = useCommand('webhook.set')
  const [url, setUrl] = useState('')
  const [leastSeverity, setSeverity] = useState<Severity>('medium')
  const [personal, setPersonal] = useState(false)
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const made = await add.run({ url, leastSeverity, personal })
    setRefusal(made.ok ? null : made.failure)
    if (!made.ok) return
    setSecret(made.value.secret)
    setUrl('')
  }
  return (
    <form onSubmit={event => void submit(event)} className={css['content']}>
      {refusal === null ? null : <FailurePanel failure={refusal} />}
      {secret === null ? null : (
        <Notice tone="attention" onClose={() => setSecret(null)}>
          {t('exchange:webhook.secretOnce')}
          <div>
            <Copyable text={secret} label={t('exchange:webhook.copySecret')} />
          </div>
        </Notice>
      )}
      <TextInput
        label={t('exchange:webhook.newUrl')}
        placeholder="https://hooks.example.org/paddock"
        value={url}
        onChange={event => setUrl(event.currentTarget.value)}
      />
      <Select
        label={t('exchange:webhook.leastSeverity')}
        data={severities.map(value => ({ value, label: t(`terms:severity.${value}`) }))}
        allowDeselect={false}
        value={leastSeverity}
        onChange={value => setSeverity(severities.find(each => each === value) ?? 'medium')}
      />
      <Checkbox
        label={t('exchange:webhook.personal')}
        description={t('exchange:webhook.personalHint')}
        checked={personal}
        onChange={event => setPersonal(event.currentTarget.checked)}
      />
      <div className={css['actions']}>
        <Button type="submit" variant="default" disabled={url.trim() === ''} loading={add.isRunning}>
          {t('exchange:webhook.add')}
        </Button>
      </div>
    </form>
  )
}
