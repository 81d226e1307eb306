import { severities } from '#shared/domain/exposure.ts'
import type { Overview } from '#shared/domain/overview.ts'
import { SeverityMark } from '../../components/marks.tsx'
import { StackedBar } from '../../components/stacked-bar.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { formatRoute, inventory } from '../../state/route.ts'
import css from './overview.module.css'

/** Present instances by level: the bar, and the same as numbers that lead to them. */
export function LevelBar({ levels }: { levels: Overview['levels'] }) {
  const { t } = useWords()
  const language = useLanguage()
  const parts = severities.map(level => ({
    id: level,
    label: t(`terms:severity.${level}`),
    count: levels[level],
    colour: `var(--p-severity-${level}-mark)`,
  }))
  return (
    <section className={css['section']} aria-labelledby="levels-title">
      <h2 id="levels-title" className={css['heading']}>
        {t('risk:levels.title')}
      </h2>
      <StackedBar parts={parts} label={t('risk:levels.title')} />
      <ul className={css['levels']}>
        {severities.map(level => (
          <li key={level}>
            <a href={formatRoute({ ...inventory, text: `presence:present risk:${level}` })}>
              <SeverityMark severity={level} />
              <span className={css['levelCount']}>{formatNumber(levels[level], language)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
