import { Button } from '@mantine/core'
import { IconRadar2 } from '@tabler/icons-react'
import { useState } from 'react'
import type { Failure } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { ScanRefusal } from '../../actions/scan-refusal.tsx'
import { Notice } from '../../components/notice.tsx'
import { useScanActivity } from '../../data/parts.tsx'
import { useCommand, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './imports.module.css'

/** Ports that others found open: until Paddock has looked itself, they are nothing but that. */
export function Candidates() {
  const { t } = useWords()
  const { progress } = useScanActivity()
  const read = useRead('candidate.list', { limit: 100_000 })
  const start = useCommand('scan.start')
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const [confirmVantage, setConfirmed] = useState(false)
  const waiting = read.data?.filter(({ instance, scan }) => instance === null && scan === null).length ?? 0
  if (waiting === 0) return null
  const verify = async () => {
    const begun = await start.run({ candidates: true, confirmVantage })
    setRefusal(begun.ok ? null : begun.failure)
    if (begun.ok) sayDone(t('scans.startedNow', { id: begun.value.id }))
  }
  return (
    <section className={css['part']}>
      {refusal === null ? null : (
        <ScanRefusal failure={refusal} isConfirmed={confirmVantage} onConfirmed={setConfirmed} />
      )}
      <Notice
        tone="info"
        actions={
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRadar2 size={14} aria-hidden />}
            loading={start.isRunning}
            disabled={progress !== null}
            onClick={() => void verify()}
          >
            {t('exchange:screen.verify')}
          </Button>
        }
      >
        {t('exchange:screen.candidates', { count: waiting })}
      </Notice>
    </section>
  )
}
