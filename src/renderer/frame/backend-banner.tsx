import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useFailureWords } from '../components/failure-panel.tsx'
import { Notice } from '../components/notice.tsx'
import { useParts } from '../data/parts.tsx'
import { useWords } from '../i18n/use-words.ts'
import { acknowledgeReturn } from '../state/backend.ts'
import { scans } from '../state/route.ts'
import css from './backend-banner.module.css'

/** Says that the part that keeps the data is not there, or was not for a moment. */
export function BackendBanner() {
  const { t } = useWords()
  const { backend, client, navigation } = useParts()
  const { status, hasReturned } = useStore(backend)
  const words = useFailureWords()
  if (status.state === 'starting') return <Starting />
  if (status.state === 'failed') {
    const { error, next } = words(status.failure)
    return (
      <Notice
        tone="danger"
        banner
        isUrgent
        actions={
          <Button size="xs" variant="default" onClick={() => client.restartBackend()}>
            {t('backend.retry')}
          </Button>
        }
      >
        <p>
          <strong>{error}</strong> {next}
        </p>
      </Notice>
    )
  }
  if (!hasReturned) return null
  return (
    <Notice
      tone="attention"
      banner
      isUrgent
      onClose={() => acknowledgeReturn(backend)}
      actions={
        <Button size="xs" variant="default" onClick={() => navigation.go(scans)}>
          {t('backend.showScans')}
        </Button>
      }
    >
      {t('backend.restarted')}
    </Notice>
  )
}

/** What most starts never show; one that takes long says why it may. */
function Starting() {
  const { t } = useWords()
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), longStartMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={css['starting']}>
      <Notice tone="info" banner>
        {isLong ? t('backend.startingLong') : t('backend.starting')}
      </Notice>
    </div>
  )
}

const longStartMs = 4000
