import type { PlannedRange } from '#shared/domain/scan.ts'
import { CoverageBar } from '../../components/coverage-bar.tsx'
import { Section } from '../../components/facts.tsx'
import { Mono } from '../../components/mono.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatDate } from '../../format/dates.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './scans.module.css'

/** What the scan was allowed to visit and by whom, as it was when it began, and how much of each it saw. */
export function ScanRanges({ ranges }: { ranges: readonly PlannedRange[] }) {
  const { t } = useWords()
  return (
    <Section title={t('scans.planned', { count: ranges.length })} note={t('scans.plannedNote')}>
      <ul className={css['planned']}>
        {ranges.map(range => (
          <Planned key={`${range.rangeId} ${range.block}`} range={range} />
        ))}
      </ul>
    </Section>
  )
}

function Planned({ range }: { range: PlannedRange }) {
  const { t } = useWords()
  const language = useLanguage()
  const { coverage } = range
  const visited = coverage.targets - coverage.notReached
  return (
    <li>
      <div className={css['plannedHead']}>
        <span className={css['strong']}>
          <Mono>{range.block}</Mono>
        </span>
        <span>{range.site}</span>
        <span className={css['plannedCount']}>
          {t('scans.visitedOf', {
            visited: formatNumber(visited, language),
            targets: formatNumber(coverage.targets, language),
          })}
        </span>
      </div>
      <CoverageBar coverage={coverage} />
      <p className={css['muted']}>
        {t('scans.authorised', {
          by: range.authorisedBy,
          reference: range.reference,
          date: formatDate(range.validUntil, language),
        })}
        {' · '}
        {t('scans.portsAre', { count: range.ports.length, ports: range.ports.join(', ') })}
      </p>
    </li>
  )
}
