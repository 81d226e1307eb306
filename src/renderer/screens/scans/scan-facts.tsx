import type { ScanDetail } from '#shared/domain/scan.ts'
import { Fact, Facts } from '../../components/facts.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { VantageText } from '../../components/vantage-text.tsx'
import { formatMoment, millisecondsOf } from '../../format/dates.ts'
import { formatDuration } from '../../format/durations.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useInstanceWords } from './instance-words.ts'
import css from './scans.module.css'

/** When, by whom, from where, how hard, and what came of it. */
export function ScanFacts({ detail: { scan, instances, profile, rate, startedBy } }: { detail: ScanDetail }) {
  const { t } = useWords()
  const language = useLanguage()
  const inWords = useInstanceWords()
  return (
    <Facts>
      <Fact name={t('scans.column.started')}>
        {formatMoment(millisecondsOf(scan.startedAt), language)}
        <span className={css['muted']}>
          {' · '}
          <TimeAgo at={scan.startedAt} />
        </span>
      </Fact>
      <Fact name={t('scans.column.duration')}>{formatDuration(scan.durationMs, language)}</Fact>
      <Fact name={t('scans.startedBy')}>{startedBy}</Fact>
      <Fact name={t('scans.column.vantage')}>
        <VantageText vantage={scan.vantage} />
      </Fact>
      <Fact name={t('scans.profile')}>
        {t('scans.profileAt', { profile: t(`terms:profile.${profile}`), rate: formatNumber(rate, language) })}
      </Fact>
      <Fact name={t('scans.instancesTitle')}>{inWords(instances)}</Fact>
    </Facts>
  )
}
