import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import type { ScanDetail } from '#shared/domain/scan.ts'
import { useResumeScan } from '../../actions/resume-scan.ts'
import { ScanRefusal } from '../../actions/scan-refusal.tsx'
import { Notice } from '../../components/notice.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useScanActivity } from '../../data/parts.tsx'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { reasonWord } from './reason-word.ts'
import css from './scans.module.css'

/** A scan that ended early can be taken up where it ended. */
export function ContinueScan({ detail: { scan, coverage } }: { detail: ScanDetail }) {
  const { t } = useWords()
  const language = useLanguage()
  const { progress } = useScanActivity()
  const resume = useResumeScan()
  const [isConfirmed, setConfirmed] = useState(false)
  if (scan.status !== 'stopped' && scan.status !== 'failed') return null
  const left = formatNumber(coverage.notReached, language)
  return (
    <div className={css['continue']}>
      <Notice
        tone={scan.status === 'failed' ? 'danger' : 'attention'}
        actions={
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            disabled={progress !== null}
            loading={resume.isResuming}
            onClick={() => void resume.run(scan.id, isConfirmed)}
          >
            {t('scans.continue')}
          </Button>
        }
      >
        {t('scans.endedEarly', {
          reason: reasonWord(scan, t) ?? t('terms:unknown'),
          count: coverage.notReached,
          left,
        })}
      </Notice>
      {resume.refusal === null ? null : (
        <ScanRefusal failure={resume.refusal} isConfirmed={isConfirmed} onConfirmed={setConfirmed} />
      )}
    </div>
  )
}
