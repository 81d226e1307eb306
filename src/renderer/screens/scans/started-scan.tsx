import type { ScanStarted } from '#shared/domain/scan.ts'
import { Section } from '../../components/facts.tsx'
import { useFailureWords } from '../../components/failure-panel.tsx'
import { Mono } from '../../components/mono.tsx'
import { Notice } from '../../components/notice.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './scans.module.css'

/** A scan that has begun without some of the ranges, and why each was left out. */
export function StartedScan({ started: { id, targets, leftOut } }: { started: ScanStarted }) {
  const { t } = useWords()
  const language = useLanguage()
  const words = useFailureWords()
  return (
    <div className={css['form']}>
      <Notice tone="ok">
        {t('scans.startedWith', { id, count: targets, number: formatNumber(targets, language) })}
      </Notice>
      <Section title={t('scans.leftOut', { count: leftOut.length })}>
        <ul className={css['planned']}>
          {leftOut.map(({ block, site, failure }) => {
            const { error, next } = words(failure)
            return (
              <li key={`${site} ${block}`}>
                <div className={css['plannedHead']}>
                  <span className={css['strong']}>
                    <Mono>{block}</Mono>
                  </span>
                  <span>{site}</span>
                </div>
                <p>{error}</p>
                <p className={css['muted']}>{next}</p>
              </li>
            )
          })}
        </ul>
      </Section>
    </div>
  )
}
