import { Tooltip } from '@mantine/core'
import { type TargetOutcome, targetOutcomes } from '#shared/domain/probe.ts'
import type { Coverage } from '#shared/domain/scan.ts'
import type { Language } from '../format/language.ts'
import { formatNumber } from '../format/numbers.ts'
import { useWords, type Words } from '../i18n/use-words.ts'
import css from './coverage-bar.module.css'
import { BarKey, type BarPart, StackedBar } from './stacked-bar.tsx'
import { useLanguage } from './use-language.ts'

/** The same colour for the same outcome everywhere. */
export const outcomeColours: Readonly<Record<TargetOutcome, string>> = {
  answered: 'var(--p-outcome-answered)',
  refused: 'var(--p-outcome-refused)',
  silent: 'var(--p-outcome-silent)',
  unreachable: 'var(--p-outcome-unreachable)',
  failed: 'var(--p-outcome-failed)',
  notReached: 'var(--p-outcome-not-reached)',
}

/** What became of the targets, as shares of a bar; in words on hover and for who cannot see it. */
export function CoverageBar({ coverage }: { coverage: Coverage }) {
  const { t } = useWords()
  const language = useLanguage()
  const words = coverageWords(coverage, t, language)
  const parts: BarPart[] = targetOutcomes.map(outcome => ({
    id: outcome,
    label: t(`terms:outcome.${outcome}`),
    count: coverage[outcome],
    colour: outcomeColours[outcome],
  }))
  return (
    <Tooltip label={words.join('\n')}>
      <div>
        <StackedBar parts={parts} label={words.join(', ')} />
      </div>
    </Tooltip>
  )
}

/** Which colour stands for which outcome. */
export function CoverageKeys() {
  const { t } = useWords()
  return (
    <ul className={css['keys']}>
      {targetOutcomes.map(outcome => (
        <li key={outcome}>
          <BarKey colour={outcomeColours[outcome]} />
          {t(`terms:outcome.${outcome}`)}
        </li>
      ))}
    </ul>
  )
}

/** `62 answered`, `190 silent`, `5 excluded`: what occurred at all. */
function coverageWords(coverage: Coverage, t: Words, language: Language): string[] {
  return [...targetOutcomes, 'excluded' as const]
    .filter(outcome => coverage[outcome] > 0)
    .map(outcome => `${formatNumber(coverage[outcome], language)} ${t(`terms:outcome.${outcome}`)}`)
}
