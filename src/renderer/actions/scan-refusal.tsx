import { Checkbox } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Failure } from '#shared/result.ts'
import { FailurePanel } from '../components/failure-panel.tsx'
import { useWords } from '../i18n/use-words.ts'

/** Whether the person at the keyboard can settle this refusal by saying that this is the right network. */
export function isSettledByConfirming({ code, details }: Failure): boolean {
  return code === 'vantage-unknown' && details['vantage'] !== ''
}

export interface ScanRefusalProps {
  readonly failure: Failure
  readonly isConfirmed: boolean
  readonly onConfirmed: (isConfirmed: boolean) => void
  readonly children?: ReactNode
}

/** Why a scan does not begin, and the statement that may let it. */
export function ScanRefusal({ failure, isConfirmed, onConfirmed, children }: ScanRefusalProps) {
  const { t } = useWords()
  return (
    <FailurePanel failure={failure}>
      {isSettledByConfirming(failure) ? (
        <Checkbox
          mt={10}
          label={t('vantage.confirm')}
          checked={isConfirmed}
          onChange={event => onConfirmed(event.currentTarget.checked)}
        />
      ) : null}
      {children}
    </FailurePanel>
  )
}
