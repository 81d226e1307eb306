import { Tooltip } from '@mantine/core'
import { formatExact, formatRelative, millisecondsOf } from '../format/dates.ts'
import { useLanguage } from './use-language.ts'
import { useNow } from './use-now.ts'

/** A relative date; on hover and focus the exact local time and UTC. */
export function TimeAgo({ at }: { at: string }) {
  const language = useLanguage()
  const now = useNow()
  const ms = millisecondsOf(at)
  return (
    <Tooltip label={formatExact(ms, language)}>
      <time dateTime={at}>{formatRelative(Math.min(ms, now), now, language)}</time>
    </Tooltip>
  )
}
