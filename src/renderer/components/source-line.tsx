import type { Overview } from '#shared/domain/overview.ts'
import { formatMoment, millisecondsOf } from '../format/dates.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './source-line.module.css'
import { useLanguage } from './use-language.ts'

/** What something that is shown rests on: "12 scans, 1 Mar – 23 Nov". */
export function SourceLine({ scans: { count, firstAt, lastAt } }: { scans: Overview['scans'] }) {
  const { t } = useWords()
  const language = useLanguage()
  const text =
    firstAt === null || lastAt === null
      ? t('risk:source_zero')
      : t('risk:source', {
          count,
          from: formatMoment(millisecondsOf(firstAt), language),
          to: formatMoment(millisecondsOf(lastAt), language),
        })
  return <p className={css['source']}>{text}</p>
}
