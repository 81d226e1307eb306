import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ExceptionRequest } from '#shared/domain/exception.ts'
import type { FindingId } from '#shared/ids.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import form from '../../components/form.module.css'
import { useLanguage } from '../../components/use-language.ts'
import { useParts } from '../../data/parts.tsx'
import { useCommand, useRead } from '../../data/reads.ts'
import { formatDate } from '../../format/dates.ts'
import { useWords } from '../../i18n/use-words.ts'
import { exceptions } from '../../state/findings-route.ts'
import css from './findings.module.css'

const fields = ['reason', 'control', 'expires'] as const

/** Asks for leave to break a rule for a while. */
export function RequestException({ finding, onClose }: { finding: number; onClose: () => void }) {
  const { t } = useWords()
  const { navigation } = useParts()
  const command = useCommand('exception.request')
  const [refusal, setRefusal] = useState<Failure | null>(null)
  return (
    <RequestForm
      note={null}
      canSend
      refusal={refusal}
      isRunning={command.isRunning}
      onClose={onClose}
      onSend={async terms => {
        const asked = await command.run({ finding: finding as FindingId, ...terms })
        if (!asked.ok) return setRefusal(asked.failure)
        sayDone(t('findings:request.done'))
        onClose()
        navigation.go({ ...exceptions, exception: asked.value.id })
      }}
    />
  )
}

export interface RequestFormProps {
  /** For which findings, where that is more than one. */
  readonly note: string | null
  readonly canSend: boolean
  readonly refusal: Failure | null
  readonly isRunning: boolean
  readonly onSend: (terms: Omit<ExceptionRequest, 'finding'>) => Promise<void>
  readonly onClose: () => void
}

/** The terms. Without reason, control and end there is no exception. */
export function RequestForm({ note, canSend, refusal, isRunning, onSend, onClose }: RequestFormProps) {
  const { t } = useWords()
  const [given, setGiven] = useState({ reason: '', control: '', expires: '', owner: '' })
  const [isTried, setTried] = useState(false)
  const set = (name: keyof typeof given) => (value: string) => setGiven(now => ({ ...now, [name]: value }))
  const limit = useRead('exception.limit', {}).data
  const latest = limit?.latest ?? null
  const lacks = (name: (typeof fields)[number]) =>
    isTried && given[name].trim() === '' ? t(`findings:request.missing.${name}`) : null
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (fields.some(name => given[name].trim() === '')) return
    const { owner, ...terms } = given
    await onSend({ ...terms, ...(owner.trim() === '' ? {} : { owner }) })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('findings:request.title')}
      size={560}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form className={form['form']} onSubmit={event => void submit(event)} noValidate>
        {note === null ? null : <p className={css['many']}>{note}</p>}
        <p className={css['note']}>{t('findings:request.note')}</p>
        {refusal === null ? null : <FailurePanel failure={refusal} />}
        <TermFields given={given} set={set} lacks={lacks} latest={latest} />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={isRunning} disabled={!canSend}>
            {t('findings:request.send')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

type Given = Readonly<Record<'reason' | 'control' | 'expires' | 'owner', string>>

interface TermFieldsProps {
  readonly given: Given
  readonly set: (name: keyof Given) => (value: string) => void
  readonly lacks: (name: (typeof fields)[number]) => string | null
  /** The last day it may hold; null: any. */
  readonly latest: string | null
}

/** Until when it can hold; what is asked for beyond it ends with it. */
function LastDay({ latest, isEarlier }: { latest: string | null; isEarlier: boolean }) {
  const { t } = useWords()
  const language = useLanguage()
  if (latest === null) return t('findings:request.expiresHint')
  const date = formatDate(latest, language)
  return isEarlier ? (
    <strong className={css['earlier']}>{t('findings:request.earlier', { date })}</strong>
  ) : (
    t('findings:request.expiresLatest', { date })
  )
}

function TermFields({ given, set, lacks, latest }: TermFieldsProps) {
  const { t } = useWords()
  return (
    <>
      <Textarea
        label={t('findings:request.reason')}
        description={t('findings:request.reasonHint')}
        autosize
        minRows={2}
        maxRows={6}
        data-autofocus
        value={given.reason}
        error={lacks('reason')}
        onChange={event => set('reason')(event.currentTarget.value)}
      />
      <Textarea
        label={t('findings:request.control')}
        description={t('findings:request.controlHint')}
        autosize
        minRows={2}
        maxRows={6}
        value={given.control}
        error={lacks('control')}
        onChange={event => set('control')(event.currentTarget.value)}
      />
      <div className={form['pair']}>
        <TextInput
          type="date"
          label={t('findings:request.expires')}
          description={<LastDay latest={latest} isEarlier={latest !== null && given.expires > latest} />}
          {...(latest === null ? {} : { max: latest })}
          value={given.expires}
          error={lacks('expires')}
          onChange={event => set('expires')(event.currentTarget.value)}
        />
        <TextInput
          label={t('findings:request.owner')}
          description={t('findings:request.ownerHint')}
          value={given.owner}
          onChange={event => set('owner')(event.currentTarget.value)}
        />
      </div>
    </>
  )
}
