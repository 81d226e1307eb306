import {
  type Icon,
  IconArrowsExchange,
  IconClipboardCheck,
  IconEye,
  IconLink,
  IconMessage2,
  IconPlugConnected,
  IconRefresh,
  IconUnlink,
  IconUser,
} from '@tabler/icons-react'
import type { FieldChange, TimelineEvent } from '#shared/domain/history.ts'
import { expandChange, fieldLabel, fieldValue, modelSentence } from '../../components/field-words.ts'
import { SeverityMark } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useRead } from '../../data/reads.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import { formatRoute, scans } from '../../state/route.ts'
import css from './timeline.module.css'
import { gathered } from './timeline-groups.ts'

const icons: Readonly<Record<TimelineEvent['kind'], Icon>> = {
  'first-seen': IconEye,
  changed: IconRefresh,
  presence: IconPlugConnected,
  moved: IconArrowsExchange,
  linked: IconLink,
  unlinked: IconUnlink,
  decision: IconMessage2,
  ownership: IconUser,
  finding: IconClipboardCheck,
}

/** What happened, one below the other on a line of time. */
export function TimelineList({ events }: { events: readonly TimelineEvent[] }) {
  const { t } = useWords()
  if (events.length === 0) return <p className={css['muted']}>{t('history:timeline.none')}</p>
  return (
    <ol className={css['events']}>
      {gathered(events).map(({ event, subjects }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what happened stays in its order
        <EventItem key={`${event.at} ${event.kind} ${index}`} event={event} subjects={subjects} />
      ))}
    </ol>
  )
}

interface EventItemProps {
  readonly event: TimelineEvent
  readonly subjects: readonly string[]
}

function EventItem({ event, subjects }: EventItemProps) {
  const { t } = useWords()
  const language = useLanguage()
  const { kind, at, fields, endpoint, finding } = event
  const rules = useRead('policy.list', {}).data
  // One that is not there any more is called by its key.
  const rule = rules?.find(each => each.key === finding?.rule)?.title[language] ?? null
  const Shape = icons[kind]
  return (
    <li className={css['event']}>
      <span className={css['badge']}>
        <Shape size={14} aria-hidden />
      </span>
      <div>
        <div className={css['head']}>
          <strong>
            {headOf(event, rule, t)}
            {subjects.length > 1 ? ` × ${subjects.length}` : ''}
          </strong>
          <span className={css['at']}>
            <TimeAgo at={at} />
          </span>
        </div>
        {fields.flatMap(expandChange).map(change => (
          <Change key={JSON.stringify(change)} change={change} isStated={kind === 'decision'} />
        ))}
        <Source event={event} subjects={subjects} />
        {endpoint === null || kind === 'presence' || kind === 'changed' ? null : (
          <div className={css['meta']}>
            <Mono muted>{endpoint}</Mono>
          </div>
        )}
      </div>
    </li>
  )
}

function headOf({ kind, finding, reason }: TimelineEvent, rule: string | null, t: Words): string {
  if (finding !== null) return `${t('history:event.finding')}: ${rule ?? finding.rule}`
  if ((kind === 'decision' || kind === 'ownership') && reason !== null) {
    const key = `history:decided.${reason.replace('.', '-')}`
    return (t as unknown as (key: string) => string)(key)
  }
  return t(`history:event.${kind}`)
}

/** From → to; what comes or goes as a whole in one word; what was stated, alone. */
function Change({ change, isStated }: { change: FieldChange; isStated: boolean }) {
  const { t } = useWords()
  const language = useLanguage()
  const { name, from, to } = change
  // What the head says already.
  const isPlain = (isStated && (name === 'text' || name === 'disposition')) || name === 'status'
  const sentence = modelSentence(change, t)
  if (sentence !== null) return <div className={css['change']}>{sentence}</div>
  return (
    <div className={css['change']}>
      {isPlain ? null : <span className={css['muted']}>{fieldLabel(name, t)}: </span>}
      {isStated || (name === 'status' && from === null) ? null : (
        <>
          <span className={css['was']}>{fieldValue(name, from, t, language)}</span> →{' '}
        </>
      )}
      <span>{fieldValue(name, to, t, language)}</span>
    </div>
  )
}

/** Which scan saw it, or who said it; and why. */
function Source({ event: { scan, actor, reason, kind, finding }, subjects }: EventItemProps) {
  const { t } = useWords()
  const why = reasonOf(kind, reason, t)
  const isOfScan = scan !== null
  if (!isOfScan && actor === null && why === null && finding === null) return null
  return (
    <div className={css['meta']}>
      {finding === null ? null : <SeverityMark severity={finding.severity} />}
      {subjects.some(subject => subject !== 'instance') ? <span>{subjects.join(', ')}</span> : null}
      {why === null ? null : <span>{why}</span>}
      {isOfScan ? (
        <a href={formatRoute({ ...scans, scan })}>{t('history:timeline.seenIn', { scan })}</a>
      ) : null}
      {actor === null ? null : <span>{t('history:timeline.by', { actor })}</span>}
    </div>
  )
}

function reasonOf(kind: TimelineEvent['kind'], reason: string | null, t: Words): string | null {
  if (reason === null || kind === 'decision' || kind === 'ownership') return null
  const list = kind === 'finding' ? 'governance:findingReason.' : 'terms:linkReason.'
  // That it was seen here first is what the event itself says.
  return reason === 'first-seen' ? null : (t as unknown as (key: string) => string)(`${list}${reason}`)
}
