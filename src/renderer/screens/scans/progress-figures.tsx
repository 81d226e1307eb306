import type { ReactNode } from 'react'
import type { ScanProgress } from '#shared/domain/scan.ts'
import { useLanguage } from '../../components/use-language.ts'
import { formatDuration, formatRemaining } from '../../format/durations.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './scans.module.css'

/** How far a running scan is, in figures. */
export function ProgressFigures({ progress }: { progress: ScanProgress }) {
  const { t } = useWords()
  const language = useLanguage()
  const { visited, targets, answered, found, requests, rate, elapsedMs, phase } = progress
  const number = (value: number) => formatNumber(value, language)
  return (
    <dl className={css['figures']}>
      <Figure name={t('scans.visited')}>
        {t('scans.visitedOf', { visited: number(visited), targets: number(targets) })}
      </Figure>
      <Figure name={t('scans.answered')}>{number(answered)}</Figure>
      <Figure name={t('scans.found')}>{number(found)}</Figure>
      <Figure name={t('scans.requests')}>{number(requests)}</Figure>
      <Figure name={t('scans.rate')}>
        {phase === 'sweeping' ? t('scans.perSecond', { rate: number(rate) }) : '–'}
      </Figure>
      <Figure name={t('scans.elapsed')}>{formatDuration(elapsedMs, language)}</Figure>
      <Figure name={t('scans.remaining')}>
        <Remaining progress={progress} />
      </Figure>
    </dl>
  )
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={css['figure']}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Remaining({ progress: { phase, remainingMs } }: { progress: ScanProgress }) {
  const { t } = useWords()
  if (phase === 'asking-details' || phase === 'finishing') return t('scans.almostDone')
  if (phase !== 'sweeping') return '–'
  return remainingMs === null ? t('scans.tooEarly') : formatRemaining(remainingMs)
}
