import { Button } from '@mantine/core'
import { IconPlayerStop } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { ReportProgress } from '#shared/domain/report.ts'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useParts } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './reports.module.css'

/** How far the report that is being made is, and the way to stop it. */
export function ReportProgressLine() {
  const { t } = useWords()
  const language = useLanguage()
  const { client } = useParts()
  const progress = useReportProgress()
  if (progress === null) return null
  const { kind, phase, done, total } = progress
  const share = total === null || total === 0 ? 0 : Math.min(1, done / total)
  const rows =
    done === 0 ? '' : ` · ${t('reports:console.rows', { count: done, rows: formatNumber(done, language) })}`
  const value = `${t(`reports:phase.${phase}`)}${rows}`
  return (
    <div className={css['progress']} role="status">
      <div>
        {t(`reports:kind.${kind}`)}: {value}
        <ProgressBar share={share} label={t(`reports:kind.${kind}`)} value={value} />
      </div>
      <Button
        variant="default"
        leftSection={<IconPlayerStop size={15} aria-hidden />}
        onClick={() => void client.call('report.cancel', {})}
      >
        {t('reports:console.stop')}
      </Button>
    </div>
  )
}

/** Events say how far; that it is over is asked for. */
function useReportProgress(): ReportProgress | null {
  const { client } = useParts()
  const [told, setTold] = useState<ReportProgress | null>(null)
  const asked = useRead('report.progress', {}, { refetchEveryMs: 700 })
  useEffect(() => client.on('report.progressed', setTold), [client])
  if (asked.data === undefined || asked.data === null) return null
  return told !== null && told.elapsedMs >= asked.data.elapsedMs ? told : asked.data
}
