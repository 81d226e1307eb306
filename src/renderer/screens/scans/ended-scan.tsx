import { Button } from '@mantine/core'
import { useState } from 'react'
import { Notice } from '../../components/notice.tsx'
import { useParts, useScanActivity } from '../../data/parts.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { inventory, scans } from '../../state/route.ts'
import { useInstanceWords } from './instance-words.ts'
import css from './scans.module.css'

/** What came of the scan that ended while somebody was looking. */
export function EndedScan() {
  const { t } = useWords()
  const { navigation } = useParts()
  const { ended } = useScanActivity()
  const inWords = useInstanceWords()
  const [read, setRead] = useState<number | null>(null)
  if (ended === null || read === ended.scan.id) return null
  const { id, status } = ended.scan
  const isWhole = status === 'finished'
  return (
    <div className={css['ended']}>
      <Notice
        tone={isWhole ? 'ok' : 'attention'}
        onClose={() => setRead(id)}
        actions={
          <>
            <Button size="xs" variant="default" onClick={() => navigation.go({ ...scans, scan: id })}>
              {t('inventory.showScan')}
            </Button>
            <Button size="xs" variant="default" onClick={() => navigation.go(inventory)}>
              {t('scans.showInventory')}
            </Button>
          </>
        }
      >
        <strong>{t(`scans.ended.${isWhole ? 'finished' : 'stopped'}`, { id })}</strong>{' '}
        {inWords(ended.instances)}
      </Notice>
    </div>
  )
}
