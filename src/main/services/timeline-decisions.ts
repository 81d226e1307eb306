import type { FieldChange, TimelineEvent } from '#shared/domain/history.ts'
import type { OwnershipOnRecord } from '#shared/domain/ownership.ts'
import type { FindingId } from '#shared/ids.ts'
import { findingEventsOf } from '../store/findings.ts'
import { decisionsAbout } from '../store/history.ts'
import { ownershipsOf } from '../store/ownerships.ts'
import type { ReadableStore } from '../store/statement.ts'
import { subjectOf } from './findings.ts'

/** Something that happened, before it is put in order. */
export interface Happened extends Omit<TimelineEvent, 'at'> {
  readonly at: number
}

export function happened(at: number, kind: Happened['kind'], rest: Partial<Happened>): Happened {
  const nothing = { scan: null, endpoint: null, fields: [], reason: null, actor: null, finding: null }
  return { at, kind, ...nothing, ...rest }
}

const ownershipKind = 'ownership.'

/** What people said of an instance, and through whose hands it went. */
export function decisionEvents(store: ReadableStore, instance: number): Happened[] {
  const decisions = decisionsAbout(store, { subject: `instance ${instance}` })
  const events = decisions.map(({ at, actor, kind, body }) =>
    kind.startsWith(ownershipKind)
      ? happened(at, 'ownership', { fields: handover(JSON.parse(body)), reason: kind, actor })
      : happened(at, 'decision', { fields: saidFields(JSON.parse(body)), reason: kind, actor }),
  )
  return [...events, ...undecided(store, instance, events)]
}

function handover({ duty, state, owner }: OwnershipOnRecord): FieldChange[] {
  const fields = [
    { name: `owner.${duty}`, ...owner },
    { name: `ownership.${duty}`, ...state },
  ]
  return fields.filter(({ from, to }) => from !== to)
}

/** What stands and was stated before decisions about ownership were kept: that it does, and since when. */
function undecided(store: ReadableStore, instance: number, events: readonly Happened[]): Happened[] {
  const isKnown = (duty: string) =>
    events.some(({ fields }) => fields.some(({ name }) => name === `ownership.${duty}`))
  return ownershipsOf(store, { instance }).flatMap(({ duty, state, owner, since_at }) => {
    if (isKnown(duty)) return []
    const fields = [
      ...(owner === null ? [] : [{ name: `owner.${duty}`, from: null, to: owner }]),
      { name: `ownership.${duty}`, from: null, to: state },
    ]
    return [happened(since_at, 'ownership', { fields })]
  })
}

function saidFields(said: Record<string, unknown>): FieldChange[] {
  const fields = Object.entries(said).map(([name, value]) => ({
    name,
    from: null,
    to: value === null || typeof value === 'number' ? value : [value].flat().join(', '),
  }))
  return fields.filter(({ to }) => to !== '')
}

/** Findings as they were opened, moved and resolved. */
export function findingEvents(store: ReadableStore, instance: number): Happened[] {
  const last = new Map<number, string>()
  return findingEventsOf(store, { instance }).map(({ at, id, rule, status, reason, actor, ...record }) => {
    const fields = [{ name: 'status', from: last.get(id) ?? null, to: status }]
    last.set(id, status)
    const severity = record.severity as NonNullable<Happened['finding']>['severity']
    const finding = { id: id as FindingId, rule, subject: subjectOf(record), severity }
    return happened(at, 'finding', { fields, reason, actor, finding })
  })
}
