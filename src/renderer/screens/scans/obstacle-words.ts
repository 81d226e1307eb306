import type { Range } from '#shared/domain/range.ts'
import { nextWindowOpening } from '#shared/domain/scan-window.ts'
import { useLanguage } from '../../components/use-language.ts'
import { useNow } from '../../components/use-now.ts'
import { formatDate, formatMoment } from '../../format/dates.ts'
import { useWords } from '../../i18n/use-words.ts'
import { obstacleOf } from './scan-form.ts'

/** Why a range is not visited now, in words; null: nothing is in the way. */
export function useObstacleWords(): (range: Range) => string | null {
  const { t } = useWords()
  const language = useLanguage()
  const now = useNow()
  return range => {
    const obstacle = obstacleOf(range)
    if (obstacle === null) return null
    if (obstacle === 'expired')
      return t('scans.expired', { date: formatDate(range.authorisation.validUntil, language) })
    const opens = nextWindowOpening(range.windows ?? [], now)
    return opens === null ? t('scans.closed') : t('scans.opens', { when: formatMoment(opens, language) })
  }
}
