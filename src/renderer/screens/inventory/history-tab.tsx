import { Button, Chip } from '@mantine/core'
import { useState } from 'react'
import type { PresenceClock, Timeline } from '#shared/domain/history.ts'
import type { Persistence } from '#shared/domain/persistence.ts'
import { Fact, Facts } from '../../components/facts.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { PresenceMark } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useRead } from '../../data/reads.ts'
import { formatNumber, formatShare } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import type { TabProps } from './tab-props.ts'
import css from './timeline.module.css'
import { countGroups, narrowed, type TimelineGroup, timelineGroups } from './timeline-groups.ts'
import { TimelineList } from './timeline-list.tsx'

/** What happened to it, newest first; how it is now and since when; how persistently it answers. */
export function HistoryTab({ instance }: TabProps) {
  const read = useRead('instance.timeline', { instance: String(instance.id) }, { keepPrevious: true })
  if (read.failure !== null || read.error !== null)
    return <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
  if (read.data === undefined) return <LoadingPanel />
  return <Shown timeline={read.data} />
}

/** So many are drawn at first. */
const firstShown = 200

function Shown({ timeline }: { timeline: Timeline }) {
  const { t } = useWords()
  const language = useLanguage()
  const [chosen, setChosen] = useState<TimelineGroup[]>([])
  const [isWhole, setWhole] = useState(false)
  const events = narrowed(timeline.events, chosen)
  const counts = countGroups(timeline.events)
  const shown = isWhole ? events : events.slice(0, firstShown)
  return (
    <>
      <Facts>
        {timeline.clocks.map(clock => (
          <Fact key={clock.endpoint} name={t('history:timeline.now')}>
            <Clock clock={clock} />
          </Fact>
        ))}
        <Fact name={t('history:timeline.persistence')}>
          <PersistenceText persistence={timeline.persistence} />
        </Fact>
      </Facts>
      <Chip.Group multiple value={chosen} onChange={value => setChosen(value as TimelineGroup[])}>
        <fieldset className={css['groups']} aria-label={t('history:timeline.narrow')}>
          {timelineGroups
            .filter(group => counts.has(group))
            .map(group => (
              <Chip key={group} value={group}>
                {t(`history:group.${group}`)}{' '}
                <span className={css['count']}>{formatNumber(counts.get(group) ?? 0, language)}</span>
              </Chip>
            ))}
        </fieldset>
      </Chip.Group>
      <TimelineList events={shown} />
      {shown.length < events.length ? (
        <Button size="xs" variant="default" onClick={() => setWhole(true)}>
          {t('history:timeline.more', { count: events.length - shown.length })}
        </Button>
      ) : null}
      {timeline.keptSince === null ? null : (
        <p className={css['kept']}>
          {t('history:timeline.keptSince')} <TimeAgo at={timeline.keptSince} />
        </p>
      )}
    </>
  )
}

/** A state and its clock: since when, and when a scan last confirmed it. */
function Clock({ clock: { endpoint, presence, since, confirmedAt } }: { clock: PresenceClock }) {
  const { t } = useWords()
  return (
    <div className={css['clock']}>
      <PresenceMark presence={presence} />
      <span>
        {t('history:timeline.since')} <TimeAgo at={since} />
      </span>
      <span className={css['muted']}>
        {t('history:timeline.confirmed')} <TimeAgo at={confirmedAt} />
      </span>
      <Mono muted>{endpoint}</Mono>
    </div>
  )
}

/** The band never stands without the figures and the definition it rests on. */
function PersistenceText({ persistence }: { persistence: Persistence }) {
  const { t } = useWords()
  const language = useLanguage()
  const { answered, covering, band, share, definition } = persistence
  return (
    <>
      <strong>{t(`history:band.${band}`)}</strong>
      {': '}
      {t('history:timeline.answered', {
        answered: formatNumber(answered, language),
        covering: formatNumber(covering, language),
        share: formatShare(share, language),
      })}
      <div className={css['definition']}>
        {t('history:persistence.definition', {
          percent: Math.round(definition.persistentShare * 100),
          scans: definition.persistentScans,
        })}
      </div>
    </>
  )
}
