import type { Failure } from '#shared/result.ts'
import { Confirm } from '../components/confirm.tsx'
import { useFailureWords } from '../components/failure-panel.tsx'
import { useWords } from '../i18n/use-words.ts'

interface TakeBackRestProps {
  /** Why it could not be taken back as a whole; null: nothing is asked. */
  readonly refusal: Failure | null
  readonly isRunning: boolean
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

/** Owners of an import answer for something by now: names them, and offers to take back all the others. */
export function TakeBackRest({ refusal, isRunning, onConfirm, onCancel }: TakeBackRestProps) {
  const { t } = useWords()
  const words = useFailureWords()
  if (refusal === null) return null
  const { error, next } = words(refusal)
  return (
    <Confirm
      isOpen
      title={t('triage:import.restTitle')}
      action={t('triage:import.rest')}
      isRunning={isRunning}
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      <p>{error}</p>
      <p>{next}</p>
    </Confirm>
  )
}
