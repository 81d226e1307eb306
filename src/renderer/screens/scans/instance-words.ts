import type { InstanceCounts } from '#shared/domain/scan.ts'
import { useLanguage } from '../../components/use-language.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'

const counted = ['new', 'changed', 'missing'] as const

/** `60 instances seen: 12 new, 3 changed.` What did not occur is not said. */
export function useInstanceWords(): (counts: InstanceCounts) => string {
  const { t } = useWords()
  const language = useLanguage()
  return counts => {
    const parts = counted
      .filter(name => counts[name] > 0)
      .map(name => t(`scans.instances.${name}`, { number: formatNumber(counts[name], language) }))
    const seen = t('scans.instances.seen', { count: counts.seen })
    return parts.length === 0 ? `${seen}.` : `${seen}: ${parts.join(', ')}.`
  }
}
