import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useEffect } from 'react'
import type { ScanProgress } from '#shared/domain/scan.ts'
import { useResumeScan } from '../../actions/resume-scan.ts'
import { useSayFailed } from '../../actions/say.ts'
import { useStopScan } from '../../actions/stop-scan.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { PhaseMark } from '../../components/marks.tsx'
import { Notice } from '../../components/notice.tsx'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useParts } from '../../data/parts.tsx'
import { useCommand } from '../../data/reads.ts'
import { formatShare } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { formatRoute, scans } from '../../state/route.ts'
import { shareOf } from '../../state/scan-activity.ts'
import { HeldScan } from './held-scan.tsx'
import { ProgressFigures } from './progress-figures.tsx'
import css from './scans.module.css'

/** The scan that runs: how far it is, what it found, and how to hold it. */
export function RunningScan({ progress }: { progress: ScanProgress }) {
  const { t } = useWords()
  const language = useLanguage()
  useFreshProgress()
  const { id, phase } = progress
  const share = shareOf(progress)
  const isHeld = phase === 'paused' || phase === 'held' || phase === 'waiting'
  return (
    <section className={css['running']} aria-label={t('scans.label', { id })}>
      <header className={css['runningHead']}>
        <h2 className={css['runningTitle']}>
          <a href={formatRoute({ ...scans, scan: id })} className={css['link']}>
            {t('scans.label', { id })}
          </a>
        </h2>
        <PhaseMark phase={phase} />
        <Controls progress={progress} />
      </header>
      <div className={css['bar']}>
        <ProgressBar
          share={share}
          label={t('scans.progress')}
          value={formatShare(share, language)}
          isHeld={isHeld}
        />
        <span className={css['share']} aria-hidden>
          {formatShare(share, language)}
        </span>
      </div>
      <ProgressFigures progress={progress} />
      {phase === 'held' ? <HeldScan /> : null}
      {phase === 'waiting' ? <Notice tone="attention">{t('scans.waitingText')}</Notice> : null}
    </section>
  )
}

function Controls({ progress: { id, phase } }: { progress: ScanProgress }) {
  const { t } = useWords()
  const stop = useStopScan()
  const resume = useResumeScan()
  const pause = useCommand('scan.pause')
  const sayFailed = useSayFailed()
  const hold = async () => {
    const paused = await pause.run({ id })
    if (!paused.ok) sayFailed(paused.failure)
  }
  return (
    <div className={css['controls']}>
      {resume.refusal === null ? null : <FailurePanel failure={resume.refusal} />}
      {phase === 'paused' ? (
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={15} aria-hidden />}
          loading={resume.isResuming}
          onClick={() => void resume.run(id)}
        >
          {t('scans.resume')}
        </Button>
      ) : null}
      {phase === 'sweeping' || phase === 'waiting' ? (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={15} aria-hidden />}
          loading={pause.isRunning}
          onClick={() => void hold()}
        >
          {t('scans.pause')}
        </Button>
      ) : null}
      <Button
        variant="default"
        leftSection={<IconPlayerStop size={15} aria-hidden />}
        loading={stop.isStopping}
        onClick={() => void stop.run()}
      >
        {t('scans.stop')}
      </Button>
    </div>
  )
}

/** Events tell of what was visited. While nothing is, the time still passes and the network may change: it is asked for. */
function useFreshProgress(): void {
  const { scan } = useParts()
  useEffect(() => {
    const timer = setInterval(() => void scan.refresh(), 1000)
    return () => clearInterval(timer)
  }, [scan])
}
