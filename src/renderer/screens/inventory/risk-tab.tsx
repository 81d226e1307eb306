import { isLikelihood, type RiskDetail, type RiskFactor } from '#shared/domain/risk.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { SeverityMark, Unknown } from '../../components/marks.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { Table } from '../../components/table.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useRead } from '../../data/reads.ts'
import { formatDate } from '../../format/dates.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import css from './risk-tab.module.css'
import type { TabProps } from './tab-props.ts'

/** The score factor by factor: what is known, what it counts, and how far the unknown can still move it. */
export function RiskTab({ instance }: TabProps) {
  const read = useRead('risk.show', { instance: String(instance.id) }, { keepPrevious: true })
  if (read.failure !== null || read.error !== null)
    return <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
  return read.data === undefined ? <LoadingPanel /> : <Shown detail={read.data} />
}

function Shown({ detail: { risk, byFacts, overrides, weights } }: { detail: RiskDetail }) {
  const { t } = useWords()
  const language = useLanguage()
  if (risk === null) return <p>{t('risk:notJudged')}</p>
  const { score, level, likelihood, impact, least, most, factors } = risk
  const decided = overrides.filter(({ endedAt }) => endedAt === null)
  return (
    <>
      <p className={css['score']}>
        <strong>{score}</strong>
        <SeverityMark severity={level} />
      </p>
      <p>{t('risk:how', { likelihood, impact, score: byFacts ?? score })}</p>
      <p className={css['muted']}>{least === most ? t('risk:certain') : t('risk:range', { least, most })}</p>
      {decided.map(({ id, by, score: said, expiresOn, reason }) => (
        <p key={id} className={css['decided']}>
          {t('risk:overridden', { by, score: said, reason, date: formatDate(expiresOn, language) })}
        </p>
      ))}
      <Factors factors={factors} total={score} />
      <p className={css['muted']}>{t('risk:weights', { edition: formatDate(weights.edition, language) })}</p>
    </>
  )
}

function Factors({ factors, total }: { factors: readonly RiskFactor[]; total: number }) {
  const { t } = useWords()
  const most = Math.max(1, ...factors.map(({ points }) => Math.abs(points)))
  return (
    <Table
      label={t('risk:risk.title')}
      isInset
      rows={factors}
      rowKey={({ name }) => name}
      total={[t('risk:sum'), '', '', total]}
      columns={[
        { id: 'name', head: t('risk:factorHead'), cell: ({ name }) => t(`risk:factor.${name}`) },
        { id: 'value', head: t('risk:valueHead'), wraps: true, cell: factor => wordsOf(factor, t) },
        {
          id: 'bar',
          head: '',
          width: '96px',
          cell: ({ name, points }) => (
            <span
              className={css['bar']}
              data-side={name === 'override' ? 'override' : isLikelihood(name) ? 'likelihood' : 'impact'}
              style={{ width: `${(100 * Math.abs(points)) / most}%` }}
              aria-hidden
            />
          ),
        },
        { id: 'points', head: t('risk:points'), alignEnd: true, cell: ({ points }) => points },
      ]}
    />
  )
}

function wordsOf({ name, value }: RiskFactor, t: Words) {
  if (value === 'unknown') return <Unknown />
  if (name === 'override') return value
  // That each value of each factor has its words, a test compares.
  return (t as unknown as (key: string) => string)(`risk:value.${name}.${value}`)
}
