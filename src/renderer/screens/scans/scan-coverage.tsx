import { type TargetOutcome, targetOutcomes } from '#shared/domain/probe.ts'
import type { Coverage } from '#shared/domain/scan.ts'
import { CoverageBar, outcomeColours } from '../../components/coverage-bar.tsx'
import { Section } from '../../components/facts.tsx'
import { BarKey } from '../../components/stacked-bar.tsx'
import { Table } from '../../components/table.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatNumber, formatShare } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './scans.module.css'

/** What became of every target. The outcomes add up; what was excluded is no target. */
export function ScanCoverage({ coverage }: { coverage: Coverage }) {
  const { t } = useWords()
  const language = useLanguage()
  const number = (value: number) => formatNumber(value, language)
  const share = (value: number) =>
    coverage.targets === 0 ? '–' : formatShare(value / coverage.targets, language)
  return (
    <Section title={t('scans.column.coverage')}>
      <CoverageBar coverage={coverage} />
      <div className={css['tableBelow']}>
        <Table<TargetOutcome>
          label={t('scans.column.coverage')}
          isInset
          rows={targetOutcomes}
          rowKey={outcome => outcome}
          columns={[
            {
              id: 'outcome',
              head: t('scans.outcome'),
              cell: outcome => (
                <>
                  <BarKey colour={outcomeColours[outcome]} />
                  {t(`terms:outcome.${outcome}`)}
                </>
              ),
            },
            {
              id: 'meaning',
              head: t('scans.meaning'),
              wraps: true,
              cell: outcome => <span className={css['muted']}>{t(`scans.outcomeMeaning.${outcome}`)}</span>,
            },
            {
              id: 'count',
              head: t('scans.column.targets'),
              alignEnd: true,
              cell: outcome => number(coverage[outcome]),
            },
            {
              id: 'share',
              head: t('scans.share'),
              alignEnd: true,
              cell: outcome => share(coverage[outcome]),
            },
          ]}
          total={[t('scans.total'), '', number(coverage.targets), share(coverage.targets)]}
        />
      </div>
      {coverage.excluded === 0 ? null : (
        <p className={css['after']}>
          {t('scans.excluded', { count: coverage.excluded, number: number(coverage.excluded) })}
        </p>
      )}
    </Section>
  )
}
