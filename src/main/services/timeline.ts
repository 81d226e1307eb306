import type { FieldChange, PresenceClock, Timeline, TimelineEvent } from '#shared/domain/history.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import type { Product, Suspected } from '#shared/domain/product.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'
import type { InstanceId, ScanId } from '#shared/ids.ts'
import { type Result, succeed } from '#shared/result.ts'
import { compareFacts } from '../governance/compare.ts'
import { everLinked, type LinkRecord, type SpellRecord, spellsInOrder } from '../store/history.ts'
import { readSnapshot } from '../store/snapshots.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { placeText } from './endpoint-place.ts'
import { findInstance } from './find-instance.ts'
import { presenceAfter } from './instance-then.ts'
import { persistenceOf } from './persistence.ts'
import { purgedBefore } from './retention.ts'
import { decisionEvents, findingEvents, type Happened, happened } from './timeline-decisions.ts'

/** What happened to one instance, from its endpoints' spells, its links and what was decided about it. */
export function showTimeline({ store }: Pick<Reading, 'store'>, name: string): Result<Timeline> {
  const found = findInstance(store, name)
  if (!found.ok) return found
  const record = found.value
  const links = everLinked(store, { instance: record.id })
  const events = [
    ...linkEvents(links),
    ...links.flatMap(link => endpointEvents(store, link)),
    ...decisionEvents(store, record.id),
    ...findingEvents(store, record.id),
  ]
  const before = purgedBefore(store)
  return succeed({
    instance: record.id as InstanceId,
    site: record.site,
    address: record.address,
    port: record.port,
    product: record.product as Product,
    suspected: record.suspected as Suspected,
    clocks: links.filter(link => link.unlinked_at === null).flatMap(link => clockOf(store, link)),
    persistence: persistenceOf(store, record.id),
    events: inOrder(events),
    keptSince: before === null ? null : isoInstant(before),
  })
}

/** Newest first; what happened in one instant keeps its order. */
function inOrder(events: readonly Happened[]): TimelineEvent[] {
  const sorted = events.map((event, index) => ({ event, index }))
  sorted.sort((a, b) => b.event.at - a.event.at || b.index - a.index)
  return sorted.map(({ event }) => ({ ...event, at: isoInstant(event.at) }))
}

/** Where it was reached over time. The first place is no event: `first-seen` says it. */
function linkEvents(links: readonly LinkRecord[]): Happened[] {
  return links.flatMap((link, index) => {
    const endpoint = placeText(link)
    const left = links.find(other => other !== link && other.unlinked_at === link.linked_at)
    const moved: FieldChange[] =
      left === undefined ? [] : [{ name: 'address', from: placeText(left), to: endpoint }]
    const { reason } = link
    const came =
      index === 0
        ? []
        : [
            happened(link.linked_at, left === undefined ? 'linked' : 'moved', {
              endpoint,
              fields: moved,
              reason,
            }),
          ]
    const isMove = links.some(other => other !== link && other.linked_at === link.unlinked_at)
    if (link.unlinked_at === null || isMove) return came
    return [...came, happened(link.unlinked_at, 'unlinked', { endpoint })]
  })
}

/** What scans saw at one endpoint while it was the instance's. */
function endpointEvents(store: ReadableStore, link: LinkRecord): Happened[] {
  const endpoint = placeText(link)
  const events: Happened[] = []
  let facts: StableFacts | null = null
  let outcome: string | null = null
  for (const spell of spellsDuring(store, link)) {
    const common = { scan: spell.first_scan_id as ScanId, endpoint }
    if (outcome === null) {
      // What it showed at first may be purged: that it was there is kept.
      const isPurged = spell.first_at > link.linked_at
      const first = isPurged ? { ...common, scan: null } : common
      events.push(happened(link.linked_at, 'first-seen', { ...first, reason: link.reason }))
    } else if (outcome !== spell.outcome) {
      const change = { name: 'presence', from: presenceAfter(outcome), to: presenceAfter(spell.outcome) }
      events.push(happened(spell.first_at, 'presence', { ...common, fields: [change] }))
    }
    outcome = spell.outcome
    if (spell.snapshot_id === null) continue
    const now = readSnapshot(store, spell.snapshot_id)
    const fields = facts === null ? [] : compareFacts(facts, now)
    if (fields.length > 0) events.push(happened(spell.first_at, 'changed', { ...common, fields }))
    facts = now
  }
  return events
}

/** The spells of a link's endpoint while the link stood: another instance's time there is not this one's. */
function spellsDuring(store: ReadableStore, link: LinkRecord): SpellRecord[] {
  return spellsInOrder(store, { endpoint: link.endpoint_id }).filter(
    spell =>
      spell.last_at >= link.linked_at && spell.first_at < (link.unlinked_at ?? Number.POSITIVE_INFINITY),
  )
}

/** How long an endpoint has answered, refused or been silent: spells of one outcome that follow each other are one state. */
function clockOf(store: ReadableStore, link: LinkRecord): PresenceClock[] {
  const spells = spellsDuring(store, link)
  const last = spells.at(-1)
  if (last === undefined) return []
  const answered = spells.findLast(spell => spell.outcome === 'answered')
  const common = {
    endpoint: placeText(link),
    confirmedAt: isoInstant(last.last_at),
    answeredAt: answered === undefined ? null : isoInstant(answered.last_at),
  }
  // Its clock runs from the last look on: what is true since then, nobody knows.
  if (link.presence === 'not-covered')
    return [{ ...common, presence: 'not-covered', since: common.confirmedAt }]
  const startIndex = spells.findLastIndex(spell => spell.outcome !== last.outcome) + 1
  const since = isoInstant(spells[startIndex]?.first_at ?? last.first_at)
  return [{ ...common, presence: presenceAfter(last.outcome), since }]
}
