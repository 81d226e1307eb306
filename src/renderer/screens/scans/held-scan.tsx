import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { ScanProgress } from '#shared/domain/scan.ts'
import { fail } from '#shared/result.ts'
import { useResumeScan } from '../../actions/resume-scan.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { useWords } from '../../i18n/use-words.ts'
import css from './scans.module.css'

/** This machine looks from elsewhere than the scan was planned from: what that means, and how to go on all the same. */
export function HeldScan({ progress: { id } }: { progress: ScanProgress }) {
  const { t } = useWords()
  const resume = useResumeScan()
  const [isConfirmed, setConfirmed] = useState(false)
  const [isStillHeld, setStillHeld] = useState(false)
  const goOn = async () => {
    setStillHeld(false)
    setStillHeld(!(await resume.run(id, true)))
  }
  const failure = resume.refusal ?? fail('vantage-changed').failure
  return (
    <FailurePanel failure={failure}>
      <p className={css['heldText']}>{isStillHeld ? t('scans.stillHeld') : t('scans.heldText')}</p>
      <Checkbox
        label={t('vantage.confirm')}
        checked={isConfirmed}
        onChange={event => setConfirmed(event.currentTarget.checked)}
      />
      <Button
        variant="default"
        size="xs"
        mt={10}
        disabled={!isConfirmed}
        loading={resume.isResuming}
        onClick={() => void goOn()}
      >
        {t('scans.resumeHere')}
      </Button>
    </FailurePanel>
  )
}
