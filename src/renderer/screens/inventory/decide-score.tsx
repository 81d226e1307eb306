import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { RiskDetail, RiskOverride } from '#shared/domain/risk.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import form from '../../components/form.module.css'
import { useLanguage } from '../../components/use-language.ts'
import { useCommand } from '../../data/reads.ts'
import { formatDate } from '../../format/dates.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './risk-tab.module.css'

export interface DecideScoreProps {
  readonly instance: number
  readonly byFacts: RiskDetail['byFacts']
  /** The decision in force, which the new one replaces. */
  readonly before: RiskOverride | undefined
  readonly onClose: () => void
}

const fields = ['score', 'reason', 'expires'] as const
type Given = Readonly<Record<(typeof fields)[number], string>>

const lacking = ({ score, reason, expires }: Given) => ({
  score: !/^(100|\d{1,2})$/.test(score.trim()),
  reason: reason.trim() === '',
  expires: expires === '',
})

/** States another score than the facts give, for a while. */
export function DecideScore({ instance, byFacts, before, onClose }: DecideScoreProps) {
  const { t } = useWords()
  const language = useLanguage()
  const command = useCommand('risk.override')
  const [given, setGiven] = useState<Given>({
    score: String(before?.score ?? ''),
    reason: before?.reason ?? '',
    expires: before?.expiresOn ?? '',
  })
  const [isTried, setTried] = useState(false)
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const set = (name: keyof Given) => (value: string) => setGiven(now => ({ ...now, [name]: value }))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.values(lacking(given)).some(Boolean)) return
    const { score, reason, expires } = given
    const decided = await command.run({ instance: String(instance), score: Number(score), reason, expires })
    if (!decided.ok) return setRefusal(decided.failure)
    sayDone(t('risk:decide.done', { date: formatDate(expires, language) }))
    onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('risk:decide.title')}
      size={520}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form className={form['form']} onSubmit={event => void submit(event)} noValidate>
        <p className={css['muted']}>
          {byFacts === null ? t('risk:decide.noteUnjudged') : t('risk:decide.note', { score: byFacts })}
        </p>
        {refusal === null ? null : <FailurePanel failure={refusal} />}
        <Fields given={given} set={set} isTried={isTried} />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={command.isRunning}>
            {t('risk:decide.send')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

interface FieldsProps {
  readonly given: Given
  readonly set: (name: keyof Given) => (value: string) => void
  readonly isTried: boolean
}

function Fields({ given, set, isTried }: FieldsProps) {
  const { t } = useWords()
  const lacks = lacking(given)
  const error = (name: keyof Given) => (isTried && lacks[name] ? t(`risk:decide.missing.${name}`) : null)
  return (
    <>
      <div className={form['pair']}>
        <TextInput
          label={t('risk:decide.score')}
          description={t('risk:decide.scoreHint')}
          inputMode="numeric"
          data-autofocus
          value={given.score}
          error={error('score')}
          onChange={event => set('score')(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('risk:decide.expires')}
          description={t('risk:decide.expiresHint')}
          value={given.expires}
          error={error('expires')}
          onChange={event => set('expires')(event.currentTarget.value)}
        />
      </div>
      <Textarea
        label={t('risk:decide.reason')}
        description={t('risk:decide.reasonHint')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={1000}
        value={given.reason}
        error={error('reason')}
        onChange={event => set('reason')(event.currentTarget.value)}
      />
    </>
  )
}
