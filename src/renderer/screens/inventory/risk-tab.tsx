import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { isLikelihood, type RiskDetail, type RiskFactor, type RiskOverride } from '#shared/domain/risk.ts'
import { useSayFailed } from '../../actions/say.ts'
import { useSayUndo } from '../../actions/say-undo.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { SeverityMark, Unknown } from '../../components/marks.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { Table } from '../../components/table.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useCommand, useRead } from '../../data/reads.ts'
import { formatDate } from '../../format/dates.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import { DecideScore } from './decide-score.tsx'
import css from './risk-tab.module.css'
import type { TabProps } from './tab-props.ts'

/** The score factor by factor: what is known, what it counts, and how far the unknown can still move it. */
export function RiskTab({ instance }: TabProps) {
  const read = useRead('risk.show', { instance: String(instance.id) }, { keepPrevious: true })
  if (read.failure !== null || read.error !== null)
    return <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
  return read.data === undefined ? <LoadingPanel /> : <Shown instance={instance.id} detail={read.data} />
}

function Shown({ instance, detail }: { instance: number; detail: RiskDetail }) {
  const { risk, byFacts, overrides, weights } = detail
  const { t } = useWords()
  const language = useLanguage()
  if (risk === null) return <p>{t('risk:notJudged')}</p>
  const { score, level, likelihood, impact, least, most, factors } = risk
  return (
    <>
      <p className={css['score']}>
        <strong>{score}</strong>
        <SeverityMark severity={level} />
      </p>
      <p>{t('risk:how', { likelihood, impact, score: byFacts ?? score })}</p>
      <p className={css['muted']}>{least === most ? t('risk:certain') : t('risk:range', { least, most })}</p>
      <Decision instance={instance} detail={detail} />
      <Factors factors={factors} total={score} />
      <EarlierDecisions overrides={overrides} />
      <p className={css['muted']}>{t('risk:weights', { edition: formatDate(weights.edition, language) })}</p>
    </>
  )
}

/** The decision in force, and the way to another one. */
function Decision({ instance, detail }: { instance: number; detail: RiskDetail }) {
  const { t } = useWords()
  const language = useLanguage()
  const [isOpen, setOpen] = useState(false)
  const withdrawal = useCommand('risk.withdraw')
  const decide = useCommand('risk.override')
  const sayFailed = useSayFailed()
  const sayUndo = useSayUndo()
  const before = detail.overrides.find(({ endedAt }) => endedAt === null)
  const end = async ({ score, reason, expiresOn: expires }: RiskOverride) => {
    const ended = await withdrawal.run({ instance: String(instance) })
    if (!ended.ok) return sayFailed(ended.failure)
    sayUndo(t('risk:decide.ended'), () => decide.run({ instance: String(instance), score, reason, expires }))
  }
  return (
    <>
      {before === undefined ? (
        <Button className={css['decide'] ?? ''} variant="default" size="xs" onClick={() => setOpen(true)}>
          {t('risk:decide.open')}
        </Button>
      ) : (
        <div className={css['decided']}>
          <p>
            {t('risk:overridden', {
              by: before.by,
              score: before.score,
              reason: before.reason,
              date: formatDate(before.expiresOn, language),
            })}
          </p>
          <Group gap={8}>
            <Button variant="default" size="xs" onClick={() => setOpen(true)}>
              {t('risk:decide.change')}
            </Button>
            <Button
              variant="default"
              size="xs"
              loading={withdrawal.isRunning}
              onClick={() => void end(before)}
            >
              {t('risk:decide.end')}
            </Button>
          </Group>
        </div>
      )}
      {isOpen ? (
        <DecideScore
          instance={instance}
          byFacts={detail.byFacts}
          before={before}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}

function EarlierDecisions({ overrides }: { overrides: RiskDetail['overrides'] }) {
  const { t } = useWords()
  const language = useLanguage()
  const over = overrides.filter(({ endedAt }) => endedAt !== null)
  if (over.length === 0) return null
  return (
    <section aria-label={t('risk:decide.past')}>
      <h3 className={css['past']}>{t('risk:decide.past')}</h3>
      <ul className={css['pastList']}>
        {over.map(({ id, score, by, at, endedAt, reason }) => (
          <li key={id}>
            {t('risk:decide.pastLine', {
              ...{ score, by, reason },
              from: formatDate(at.slice(0, 10), language),
              until: formatDate((endedAt ?? at).slice(0, 10), language),
            })}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Factors({ factors, total }: { factors: readonly RiskFactor[]; total: number }) {
  const { t } = useWords()
  const language = useLanguage()
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
        {
          id: 'points',
          head: t('risk:points'),
          alignEnd: true,
          cell: ({ points }) => formatNumber(points, language),
        },
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
