import { Button } from '@mantine/core'
import { useState } from 'react'
import type { HistoryPurged } from '#shared/domain/history.ts'
import type { Failure } from '#shared/result.ts'
import { Confirm } from '../../components/confirm.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useCommand } from '../../data/reads.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './settings.module.css'

/** Takes away now what would be taken away after the next scan. */
export function PurgeHistory({ days }: { days: number }) {
  const { t } = useWords()
  const language = useLanguage()
  const command = useCommand('history.purge')
  const [isAsking, setAsking] = useState(false)
  const [purged, setPurged] = useState<HistoryPurged | null>(null)
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const purge = async () => {
    const done = await command.run({})
    setAsking(false)
    setRefusal(done.ok ? null : done.failure)
    setPurged(done.ok ? done.value : null)
  }
  return (
    <>
      {refusal === null ? null : <FailurePanel failure={refusal} />}
      {purged === null ? null : (
        <p className={css['note']} role="status">
          {purged.spells + purged.snapshots === 0
            ? t('history:setup.nothingPurged')
            : t('history:setup.purged', {
                count: purged.spells,
                n: formatNumber(purged.spells, language),
                snapshots: formatNumber(purged.snapshots, language),
              })}
        </p>
      )}
      <div className={css['actions']}>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('history:setup.purge')}
        </Button>
      </div>
      <Confirm
        isOpen={isAsking}
        title={t('history:setup.purge')}
        action={t('history:setup.purge')}
        isDestructive
        isRunning={command.isRunning}
        onConfirm={() => void purge()}
        onCancel={() => setAsking(false)}
      >
        <p>{t('history:setup.purgeText', { count: days })}</p>
      </Confirm>
    </>
  )
}
