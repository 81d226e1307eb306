import type { Range } from '#shared/domain/range.ts'
import { useLanguage } from '../../components/use-language.ts'
import { formatRemaining } from '../../format/durations.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { extentOf, leastDurationMs, type ScanForm, visitedRanges } from './scan-form.ts'
import css from './scans.module.css'

/** What a scan as it stands in the form would be. */
export function ScanExtent({ form, register }: { form: ScanForm; register: readonly Range[] }) {
  const { t } = useWords()
  const language = useLanguage()
  const visited = visitedRanges(form, register)
  if (visited.length === 0) return <p className={css['extent']} />
  const { targets } = extentOf(visited, form)
  return (
    <p className={css['extent']} aria-live="polite">
      {t('scans.extent', {
        count: targets,
        number: formatNumber(targets, language),
        time: formatRemaining(leastDurationMs(visited, form, form.profile)),
      })}
    </p>
  )
}
