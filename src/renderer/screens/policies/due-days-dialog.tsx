import { Button, Group, Modal, NumberInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { DueDays } from '#shared/domain/due-days.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { useCommand, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './policies.module.css'

const severities = ['critical', 'high', 'medium', 'low'] as const

/** How long fixing may take, by severity. */
export function DueDaysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const known = useRead('policy.due', {}).data
  const limit = useRead('exception.limit', {}).data
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('policies:due.title')}
      size={460}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {known === undefined || limit === undefined ? (
        <LoadingPanel lines={5} />
      ) : (
        <Form known={known} longest={limit.days} onClose={onClose} />
      )}
    </Modal>
  )
}

interface FormProps {
  readonly known: DueDays
  /** Days an exception may last; null: any. */
  readonly longest: number | null
  readonly onClose: () => void
}

function Form({ known, longest, onClose }: FormProps) {
  const { t } = useWords()
  const command = useCommand('policy.set-due')
  const limit = useCommand('exception.set-limit')
  const [days, setDays] = useState<DueDays>(known)
  const [most, setMost] = useState(longest)
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const saved = await command.run(days)
    if (!saved.ok) return setRefusal(saved.failure)
    const limited = most === longest ? null : await limit.run({ days: most })
    if (limited !== null && !limited.ok) return setRefusal(limited.failure)
    sayDone(t('saved'))
    onClose()
  }
  return (
    <form className={css['form']} onSubmit={event => void save(event)}>
      <p className={css['note']}>{t('policies:due.note')}</p>
      {refusal === null ? null : <FailurePanel failure={refusal} />}
      {severities.map(severity => (
        <NumberInput
          key={severity}
          label={t(`terms:severity.${severity}`)}
          placeholder={t('policies:due.none')}
          suffix={` ${t('policies:due.days')}`}
          min={1}
          max={3650}
          allowDecimal={false}
          allowNegative={false}
          value={days[severity] ?? ''}
          onChange={value =>
            setDays(now => ({ ...now, [severity]: typeof value === 'number' && value > 0 ? value : null }))
          }
        />
      ))}
      <NumberInput
        label={t('policies:due.exception')}
        description={t('policies:due.exceptionHint')}
        placeholder={t('policies:due.noLongest')}
        suffix={` ${t('policies:due.days')}`}
        min={1}
        max={3650}
        allowDecimal={false}
        allowNegative={false}
        value={most ?? ''}
        onChange={value => setMost(typeof value === 'number' && value > 0 ? value : null)}
      />
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={command.isRunning}>
          {t('save')}
        </Button>
      </Group>
    </form>
  )
}
