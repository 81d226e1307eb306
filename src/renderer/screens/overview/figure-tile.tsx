import type { ReactNode } from 'react'
import type { Overview } from '#shared/domain/overview.ts'
import { SparkLine } from '../../components/spark-line.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useRead } from '../../data/reads.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { exceptions, findings } from '../../state/findings-route.ts'
import { formatRoute, inventory, type Route, ranges } from '../../state/route.ts'
import css from './overview.module.css'

type Figure = Overview['figures'][number]

/** One figure with how it went since the first scan, and the way to what it counts. */
export function FigureTile({ figure }: { figure: Figure }) {
  const { t } = useWords()
  const language = useLanguage()
  const { name, value, of, trend } = figure
  const values = trend.map(point => point.value)
  const word = t(`risk:figure.${name}`)
  return (
    <Tile href={hrefOf(figure)} word={word} sub={t(`risk:figureSub.${name}`)}>
      <span className={css['value']}>
        {formatNumber(value, language)}
        {of === null ? null : (
          <span className={css['of']}>{t('risk:figureOf', { of: formatNumber(of, language) })}</span>
        )}
      </span>
      <SparkLine values={values} label={t('risk:trend.label', { figure: word, count: values.length })} />
      <span className={css['change']}>{changeWords(value, values.at(-2), t)}</span>
    </Tile>
  )
}

function changeWords(value: number, before: number | undefined, t: ReturnType<typeof useWords>['t']): string {
  if (before === undefined) return t('risk:trend.first')
  if (value === before) return t('risk:trend.same')
  return value > before
    ? t('risk:trend.up', { by: value - before })
    : t('risk:trend.down', { by: before - value })
}

/** What is no instance has a screen of its own. */
const elsewhere: Partial<Record<Figure['name'], Route>> = {
  criticalFindings: { ...findings, text: 'status:active severity:critical' },
  overdue: { ...findings, text: 'status:active due:overdue' },
  expiringExceptions: { ...exceptions, show: 'expiring' },
  coverage: ranges,
}

function hrefOf({ name, query }: Figure): string | undefined {
  const route = query === null ? elsewhere[name] : { ...inventory, text: query }
  return route === undefined ? undefined : formatRoute(route)
}

/** Counted over all of history, which takes longer: it comes by itself. */
export function PersistentTile() {
  const { t } = useWords()
  const language = useLanguage()
  const { data } = useRead('history.persistence', {}, { keepPrevious: true })
  return (
    <Tile word={t('risk:figure.persistentCore')} sub={t('risk:figureSub.persistentCore')}>
      <span className={css['value']}>
        {data === undefined ? '…' : formatNumber(data.bands.persistent.instances, language)}
        {data === undefined ? null : (
          <span className={css['of']}>
            {t('risk:figureOf', { of: formatNumber(data.instances, language) })}
          </span>
        )}
      </span>
    </Tile>
  )
}

interface TileProps {
  readonly href?: string | undefined
  readonly word: string
  readonly sub: string
  readonly children: ReactNode
}

function Tile({ href, word, sub, children }: TileProps) {
  const inside = (
    <>
      <span className={css['word']}>{word}</span>
      {children}
      <span className={css['sub']}>{sub}</span>
    </>
  )
  return (
    <li className={css['tile']}>
      {href === undefined ? (
        <div className={css['inside']}>{inside}</div>
      ) : (
        <a className={css['inside']} href={href}>
          {inside}
        </a>
      )}
    </li>
  )
}
