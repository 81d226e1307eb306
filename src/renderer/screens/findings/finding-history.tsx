import type { FindingEvent } from '#shared/domain/finding.ts'
import { Section } from '../../components/facts.tsx'
import { FindingStatusMark } from '../../components/finding-marks.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useWords } from '../../i18n/use-words.ts'
import css from './findings.module.css'

/** How it came to where it is; the newest first. */
export function FindingHistory({ events }: { events: readonly FindingEvent[] }) {
  const { t } = useWords()
  return (
    <Section title={t('findings:history')}>
      <ol className={css['history']}>
        {events.toReversed().map(event => (
          <li key={`${event.at} ${event.status}`}>
            <span className={css['when']}>
              <TimeAgo at={event.at} />
            </span>
            <div>
              <FindingStatusMark status={event.status} />
              <div className={css['method']}>
                {t(`governance:findingReason.${event.reason}`)}
                {event.actor === null ? '' : ` · ${event.actor}`}
              </div>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  )
}
