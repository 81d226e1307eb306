import type { Range } from '#shared/domain/range.ts'
import { Fact, Facts } from '../../components/facts.tsx'
import { AuthorisationMark } from '../../components/marks.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useNow } from '../../components/use-now.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { authorisationState } from './authorisation-state.ts'
import { WindowState } from './window-state.tsx'

/** What of a range cannot be changed: what was seen there belongs to it. */
export function RangeFacts({ range }: { range: Range }) {
  const { t } = useWords()
  const language = useLanguage()
  const now = useNow()
  return (
    <Facts>
      <Fact name={t('ranges.site')}>{range.site}</Fact>
      <Fact name={t('ranges.addresses')}>{formatNumber(range.addressCount, language)}</Fact>
      <Fact name={t('ranges.authorisation')}>
        <AuthorisationMark state={authorisationState(range, now)} />
      </Fact>
      <Fact name={t('ranges.window')}>
        <WindowState range={range} />
      </Fact>
      <Fact name={t('ranges.registered')}>
        <TimeAgo at={range.createdAt} />
      </Fact>
      <Fact name={t('ranges.lastCovered')}>
        {range.lastCoveredAt === null ? t('ranges.never') : <TimeAgo at={range.lastCoveredAt} />}
      </Fact>
    </Facts>
  )
}
