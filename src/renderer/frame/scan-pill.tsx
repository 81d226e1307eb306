import type { ScanProgress } from '#shared/domain/scan.ts'
import { ScanStatusMark } from '../components/marks.tsx'
import { ProgressBar } from '../components/progress-bar.tsx'
import { useLanguage } from '../components/use-language.ts'
import { useNow } from '../components/use-now.ts'
import { useScanActivity } from '../data/parts.tsx'
import { useRead } from '../data/reads.ts'
import { formatRelative, millisecondsOf } from '../format/dates.ts'
import { formatRemaining } from '../format/durations.ts'
import { formatShare } from '../format/numbers.ts'
import { useWords } from '../i18n/use-words.ts'
import { formatRoute, scans } from '../state/route.ts'
import { shareOf } from '../state/scan-activity.ts'
import css from './scan-pill.module.css'

const heldPhases: ReadonlySet<ScanProgress['phase']> = new Set(['paused', 'held', 'waiting'])

/** What the scanner is doing, or did last. */
export function ScanPill() {
  const { progress } = useScanActivity()
  return progress === null ? <LastScan /> : <RunningScan progress={progress} />
}

function RunningScan({ progress }: { progress: ScanProgress }) {
  const { t } = useWords()
  const language = useLanguage()
  const share = formatShare(shareOf(progress), language)
  const isHeld = heldPhases.has(progress.phase)
  const { remainingMs, found } = progress
  return (
    <a href={formatRoute({ ...scans, scan: progress.id })} className={css['pill']} data-running>
      <ScanStatusMark status="running" phase={progress.phase} />
      <span className={css['bar']}>
        <ProgressBar share={shareOf(progress)} label={t('scans.progress')} value={share} isHeld={isHeld} />
      </span>
      <span className={css['share']}>{share}</span>
      <span className={css['muted']}>{t('scans.foundShort', { count: found })}</span>
      {remainingMs === null || isHeld || progress.phase !== 'sweeping' ? null : (
        <span className={css['remaining']}>{t('scans.left', { time: formatRemaining(remainingMs) })}</span>
      )}
    </a>
  )
}

function LastScan() {
  const { t } = useWords()
  const language = useLanguage()
  const now = useNow()
  const last = useRead('scan.list', { limit: 1 }).data?.[0]
  if (last === undefined) return null
  const { scan } = last
  const at = millisecondsOf(scan.finishedAt ?? scan.startedAt)
  return (
    <a href={formatRoute({ ...scans, scan: scan.id })} className={css['pill']}>
      <ScanStatusMark status={scan.status} />
      <span className={css['muted']}>
        {now - at < 60_000
          ? t('frame.lastScanNow')
          : t('frame.lastScan', { when: formatRelative(at, now, language) })}
      </span>
    </a>
  )
}
