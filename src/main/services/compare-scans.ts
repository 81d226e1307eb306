import { mostOpen } from '#shared/domain/exposure.ts'
import type { FieldChange, InstanceName, MissedWhy, ScanDiff } from '#shared/domain/history.ts'
import type { Product, Suspected } from '#shared/domain/product.ts'
import type { InstanceId, ScanId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { compareFacts } from '../governance/compare.ts'
import { everLinked } from '../store/history.ts'
import { instanceById } from '../store/instances.ts'
import { type ScanRecord, scanById } from '../store/scans.ts'
import { consistently, type ReadableStore } from '../store/statement.ts'
import { endpointsIn, manyLinkedAt, manyLinkedBetween, standingsBetween } from '../store/states-between.ts'
import { judgeStates } from './compare-states.ts'
import { beginComparison, type Comparison, gapsOf, instantsOf, type Side } from './comparison.ts'
import type { Reading } from './context.ts'
import { placeText } from './endpoint-place.ts'
import { type EndpointThen, factsThen, type InstanceThen, instanceAt } from './instance-then.ts'
import { purgedBefore } from './retention.ts'

/** Compares two scans, the earlier with the later whatever order they are given in. */
export function compareScans(
  { store }: Pick<Reading, 'store'>,
  ids: readonly [ScanId, ScanId],
): Result<ScanDiff> {
  const scans: ScanRecord[] = []
  for (const id of ids) {
    const scan = scanById(store, { id })
    if (scan === undefined) return fail('scan-unknown', { scan: id })
    // What they saw is kept in part only: a comparison would make up what is missing.
    if (scan.finished_at < (purgedBefore(store) ?? 0)) return fail('history-purged', { scan: id })
    scans.push(scan)
  }
  const [earlier, later] = scans.sort((a, b) => a.finished_at - b.finished_at || a.id - b.id)
  if (earlier === undefined || later === undefined) return fail('scan-unknown', { scan: '' })
  return succeed(consistently(store, () => compareAll(beginComparison(store, earlier, later))))
}

/**
 * What did not change where both scans looked is never touched. Instances of one way in, which most are, are told from one
 * statement; of the others each is looked at by itself.
 */
function compareAll(comparison: Comparison): ScanDiff {
  const { store, diff } = comparison
  const standings = standingsBetween(store, instantsOf(comparison))
  const apart = new Set(gapsOf(comparison).flatMap(gap => endpointsIn(store, gap)))
  judgeStates(comparison, standings, apart)
  const many = new Set([...manyLinkedBetween(standings), ...manyLinkedAt(standings, apart)])
  for (const id of many) judge(comparison, id)
  for (const entries of [diff.new, diff.changed, diff.gone, diff.returned, diff.notCovered]) {
    entries.sort((a, b) => a.instance - b.instance)
  }
  return diff
}

function judge(comparison: Comparison, id: number): void {
  const { store, from, to, diff } = comparison
  const record = instanceById(store, { id })
  if (record === undefined || record.merged_into !== null) return
  const links = everLinked(store, { instance: id })
  const before = instanceAt(store, links, from.scan.finished_at)
  const after = instanceAt(store, links, to.scan.finished_at)
  const wasThere = before?.presence === 'present'
  const isThere = after?.presence === 'present'
  if (after === null || !(wasThere || isThere)) return
  const name: InstanceName = {
    instance: id as InstanceId,
    site: record.site,
    address: after.leading.link.address,
    port: after.leading.link.port,
    product: record.product as Product,
    suspected: record.suspected as Suspected,
  }
  const missed = missedBy(comparison, before, after)
  if (missed !== null) return void diff.notCovered.push({ ...name, ...missed })
  if (!isThere) {
    if (after.presence !== 'unreachable') return void diff.gone.push({ ...name, presence: after.presence })
    return void diff.notCovered.push({ ...name, scans: [to.scan.id as ScanId], why: 'unreachable' })
  }
  if (before === null) return void diff.new.push(name)
  const fields = fieldsBetween(store, before, after)
  if (!wasThere) diff.returned.push({ ...name, fields })
  else if (fields.length > 0) diff.changed.push({ ...name, fields })
}

/** Which of the two scans did not look where the instance was or is. */
function missedBy(
  { from, to }: Comparison,
  before: InstanceThen | null,
  after: InstanceThen,
): { scans: ScanId[]; why: MissedWhy } | null {
  const looks = [
    { side: from, seen: before ?? after },
    { side: to, seen: after },
  ].map(({ side, seen }) => ({ side, look: lookAt(side, seen) }))
  const missed = looks.flatMap(({ side, look }) => (look === 'covered' ? [] : [{ id: side.scan.id, look }]))
  const [first] = missed
  return first === undefined ? null : { scans: missed.map(({ id }) => id as ScanId), why: first.look }
}

function lookAt({ scan, coverage }: Side, then: InstanceThen): 'covered' | MissedWhy {
  const looks = then.endpoints.map(({ link, spell }) =>
    // Seen is covered, also in a network that was not finished.
    spell.last_scan_id === scan.id || spell.first_scan_id === scan.id
      ? 'covered'
      : coverage.look(link.site_id, link.address, link.port),
  )
  return looks.includes('covered') ? 'covered' : (looks[0] ?? 'outside')
}

/** What differs in an instance between two instants at which it answered, or last had. */
function fieldsBetween(store: ReadableStore, before: InstanceThen, after: InstanceThen): FieldChange[] {
  const pairs: (readonly [EndpointThen, EndpointThen])[] = [[before.leading, after.leading]]
  for (const now of after.endpoints.slice(1)) {
    const then = before.endpoints.find(each => each.link.endpoint_id === now.link.endpoint_id)
    if (then !== undefined) pairs.push([then, now])
  }
  const fields = [
    ...placeChange(before, after),
    ...accessChange(store, before, after),
    ...pairs.flatMap(([then, now]) => {
      // The same snapshot: what most of those show that only went and came back.
      if (then.snapshot === now.snapshot) return []
      const [was, is] = [factsThen(store, then), factsThen(store, now)]
      return was === null || is === null ? [] : compareFacts(was, is)
    }),
  ]
  return [...new Map(fields.map(field => [JSON.stringify(field), field])).values()]
}

function placeChange(before: InstanceThen, after: InstanceThen): FieldChange[] {
  const placesOf = (then: InstanceThen) =>
    then.endpoints.filter(({ spell }) => spell.outcome === 'answered').map(({ link }) => placeText(link))
  const [from, to] = [placesOf(before).sort().join(' '), placesOf(after).sort().join(' ')]
  return from === to || from === '' ? [] : [{ name: 'address', from, to }]
}

/** One open door is an open house: access is compared over all ways in. */
function accessChange(store: ReadableStore, before: InstanceThen, after: InstanceThen): FieldChange[] {
  const shown = ({ endpoints }: InstanceThen) => endpoints.map(({ snapshot }) => snapshot).join(' ')
  if (before.presence !== 'present' || shown(before) === shown(after)) return []
  const accessOf = (then: InstanceThen) =>
    mostOpen(
      then.endpoints.flatMap(each => {
        const facts = factsThen(store, each)
        return facts === null ? [] : [facts.access.api, facts.access.v1]
      }),
    )
  const [from, to] = [accessOf(before), accessOf(after)]
  return from === to ? [] : [{ name: 'access', from, to }]
}
