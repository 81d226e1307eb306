import { Button, NumberInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { HistorySettings } from '#shared/domain/history-settings.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { Confirm } from '../../components/confirm.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { useCommand, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Asked, Part } from './part.tsx'
import { PurgeHistory } from './purge-history.tsx'
import css from './settings.module.css'

/** How long memory reaches, and from when on an instance counts as persistent or as not covered. */
export function HistoryPart() {
  const { t } = useWords()
  const read = useRead('history.settings', {})
  return (
    <Part title={t('history:setup.title')} note={t('history:setup.note')}>
      <Asked read={read}>
        {known => (
          <>
            <HistoryForm known={known} />
            {known.keepDays === null ? null : <PurgeHistory days={known.keepDays} />}
          </>
        )}
      </Asked>
    </Part>
  )
}

function HistoryForm({ known }: { known: HistorySettings }) {
  const { t } = useWords()
  const [change, setChange] = useState<Partial<HistorySettings>>({})
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const [isAsking, setAsking] = useState(false)
  const command = useCommand('history.set')
  const shown = { ...known, ...change }
  const isChanged = Object.entries(change).some(
    ([name, value]) => known[name as keyof typeof known] !== value,
  )
  const isShorter = shown.keepDays !== null && shown.keepDays < (known.keepDays ?? Number.POSITIVE_INFINITY)
  const save = async () => {
    setAsking(false)
    const saved = await command.run(change)
    setRefusal(saved.ok ? null : saved.failure)
    if (!saved.ok) return
    setChange({})
    sayDone(t('saved'))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isShorter) setAsking(true)
    else void save()
  }
  return (
    <form className={css['form']} onSubmit={submit}>
      {refusal === null ? null : <FailurePanel failure={refusal} />}
      <Fields shown={shown} onChange={part => setChange({ ...change, ...part })} />
      {isChanged ? (
        <div className={css['actions']}>
          <Button type="submit" loading={command.isRunning}>
            {t('save')}
          </Button>
          <Button variant="default" onClick={() => setChange({})}>
            {t('settings.discard')}
          </Button>
        </div>
      ) : null}
      <Confirm
        isOpen={isAsking}
        title={t('history:setup.shorterTitle')}
        action={t('history:setup.shorter', { count: shown.keepDays ?? 0 })}
        isDestructive
        onConfirm={() => void save()}
        onCancel={() => setAsking(false)}
      >
        <p>{t('history:setup.shorterText', { count: shown.keepDays ?? 0 })}</p>
      </Confirm>
    </form>
  )
}

interface FieldsProps {
  readonly shown: HistorySettings
  readonly onChange: (change: Partial<HistorySettings>) => void
}

const mostDays = 36_500

function Fields({ shown, onChange }: FieldsProps) {
  const { t } = useWords()
  const whole = { allowDecimal: false, allowNegative: false, maw: 320 } as const
  /** An empty field says nothing: what was set stays until another number is there. */
  const take = (set: (value: number) => Partial<HistorySettings>) => (value: string | number) => {
    if (typeof value === 'number') onChange(set(value))
  }
  return (
    <>
      <NumberInput
        {...whole}
        label={t('history:setup.keepDays')}
        description={t('history:setup.keepDaysHint')}
        placeholder={t('history:setup.forGood')}
        suffix={` ${t('history:setup.days')}`}
        min={1}
        max={mostDays}
        value={shown.keepDays ?? ''}
        onChange={value => onChange({ keepDays: typeof value === 'number' && value > 0 ? value : null })}
      />
      <NumberInput
        {...whole}
        label={t('history:setup.notCovered')}
        description={t('history:setup.notCoveredHint')}
        suffix={` ${t('history:setup.days')}`}
        min={1}
        max={mostDays}
        value={shown.notCoveredAfterDays}
        onChange={take(notCoveredAfterDays => ({ notCoveredAfterDays }))}
      />
      <NumberInput
        {...whole}
        label={t('history:setup.share')}
        description={t('history:setup.shareHint')}
        suffix=" %"
        min={1}
        max={100}
        value={Math.round(shown.persistentShare * 100)}
        onChange={take(percent => ({ persistentShare: percent / 100 }))}
      />
      <NumberInput
        {...whole}
        label={t('history:setup.scans')}
        description={t('history:setup.scansHint')}
        min={2}
        max={10_000}
        value={shown.persistentScans}
        onChange={take(persistentScans => ({ persistentScans }))}
      />
    </>
  )
}
