import type { FieldChange, TimelineEvent } from '#shared/domain/history.ts'

/** What people look for in a timeline. One event can be of several: a new version with new models. */
export const timelineGroups = [
  ...(['version', 'models', 'exposure', 'presence', 'place', 'people', 'ownership', 'finding'] as const),
] as const
export type TimelineGroup = (typeof timelineGroups)[number]

const ofKind: Readonly<Record<TimelineEvent['kind'], TimelineGroup | null>> = {
  'first-seen': 'presence',
  presence: 'presence',
  moved: 'place',
  linked: 'place',
  unlinked: 'place',
  decision: 'people',
  ownership: 'ownership',
  finding: 'finding',
  // Told by its facts.
  changed: null,
}

export function groupsOf(event: TimelineEvent): TimelineGroup[] {
  const own = ofKind[event.kind]
  return own === null ? [...new Set(event.fields.map(groupOfField))] : [own]
}

function groupOfField({ name }: FieldChange): TimelineGroup {
  if (name === 'models' || name.startsWith('model:')) return 'models'
  return ['version', 'behavesAs', 'product', 'suspected'].includes(name) ? 'version' : 'exposure'
}

/** The events of the chosen groups, each with the facts that belong to them; none chosen: all. */
export function narrowed(
  events: readonly TimelineEvent[],
  chosen: readonly TimelineGroup[],
): readonly TimelineEvent[] {
  if (chosen.length === 0) return events
  return events
    .filter(event => groupsOf(event).some(group => chosen.includes(group)))
    .map(event =>
      event.kind === 'changed'
        ? { ...event, fields: event.fields.filter(field => chosen.includes(groupOfField(field))) }
        : event,
    )
}

/** Events that are told as one: what a scan opened by one rule at one time. */
export interface Gathered {
  readonly event: TimelineEvent
  /** What else it is about; of a finding: its subjects. */
  readonly subjects: readonly string[]
}

/** Findings of one rule that moved together are one line with their subjects. */
export function gathered(events: readonly TimelineEvent[]): Gathered[] {
  const lines: (Gathered & { readonly key: string | null; readonly subjects: string[] })[] = []
  for (const event of events) {
    const key = gatherKey(event)
    const same = key === null ? undefined : lines.find(line => line.key === key)
    const subjects = event.finding === null ? [] : [event.finding.subject]
    if (same === undefined) lines.push({ event, key, subjects })
    else same.subjects.push(...subjects)
  }
  return lines
}

function gatherKey({ at, finding, fields, reason, actor }: TimelineEvent): string | null {
  return finding === null ? null : JSON.stringify([at, finding.rule, finding.severity, fields, reason, actor])
}

/** How many events each group has. */
export function countGroups(events: readonly TimelineEvent[]): ReadonlyMap<TimelineGroup, number> {
  const counts = new Map<TimelineGroup, number>()
  for (const group of events.flatMap(groupsOf)) counts.set(group, (counts.get(group) ?? 0) + 1)
  return counts
}
