import { mostOpen } from '#shared/domain/exposure.ts'
import type { FieldChange, InstanceName, MissedWhy, ScanDiff } from '#shared/domain/history.ts'
import type { Product, Suspected } from '#shared/domain/product.ts'
import type { InstanceId, ScanId } from '#shared/ids.ts'
import { compareFacts } from '../governance/compare.ts'
import { spellAt } from '../store/history.ts'
import { type Differing, type Pair, readPairs } from '../store/read-pairs.ts'
import { changedBetween, type Standings, type StateRecord, statesAt } from '../store/states-between.ts'
import type { Comparison, Side } from './comparison.ts'
import { presenceAfter } from './instance-then.ts'

/** Was known at the first instant and is there at the second: what differs is in what it showed. */
interface Kept {
  readonly state: StateRecord
  readonly wasThere: boolean
}

/** Compares all instances of a single way in. `apart`: endpoints where not both of the scans looked. */
export function judgeStates(comparison: Comparison, standings: Standings, apart: ReadonlySet<number>): void {
  const { store } = comparison
  const kept: Kept[] = []
  for (const state of statesAt(store, standings, apart)) {
    if (!isMissed(comparison, state)) kept.push(...judgeState(comparison, state))
  }
  for (const state of changedBetween(store, standings)) {
    // Elsewhere, both scans looked.
    if (!apart.has(state.endpoint)) kept.push(...judgeState(comparison, state))
  }
  compareShown(comparison, kept)
}

function judgeState({ diff, from, to, sites }: Comparison, state: StateRecord): Kept[] {
  const { before, wasThere, isThere } = standing(state, from.scan.finished_at)
  if (!wasThere && !isThere) return []
  if (!isThere) {
    const presence = presenceAfter(state.outcome)
    if (presence !== 'unreachable') diff.gone.push({ ...nameOf(sites, state), presence })
    else diff.notCovered.push({ ...nameOf(sites, state), scans: [to.scan.id as ScanId], why: 'unreachable' })
    return []
  }
  if (before) return [{ state, wasThere }]
  diff.new.push(nameOf(sites, state))
  return []
}

function standing({ linkedAt, answeredBefore, answeredAfter }: StateRecord, from: number) {
  const before = answeredBefore !== null && linkedAt <= from
  return { before, wasThere: before && answeredBefore, isThere: answeredAfter }
}

function nameOf(sites: Comparison['sites'], state: StateRecord): InstanceName {
  return {
    instance: state.instance as InstanceId,
    site: sites.get(state.site) ?? '',
    address: state.address,
    port: state.port,
    product: state.product as Product,
    suspected: state.suspected as Suspected,
  }
}

/** Notes what one of the scans did not look at. */
function isMissed({ store, diff, from, to, sites }: Comparison, state: StateRecord): boolean {
  const { wasThere, isThere } = standing(state, from.scan.finished_at)
  if (!wasThere && !isThere) return false
  const lookAt = ({ scan, coverage }: Side): 'covered' | MissedWhy => {
    const look = coverage.look(state.site, state.address, state.port)
    if (look === 'covered') return look
    // Seen is covered, also in a network that was not finished.
    const spell = spellAt(store, { endpoint: state.endpoint, at: scan.finished_at })
    const isSeen = spell?.last_scan_id === scan.id || spell?.first_scan_id === scan.id
    return isSeen ? 'covered' : look
  }
  const missed = [from, to].flatMap(side => {
    const look = lookAt(side)
    return look === 'covered' ? [] : [{ scan: side.scan.id as ScanId, why: look }]
  })
  const [first] = missed
  if (first === undefined) return false
  diff.notCovered.push({ ...nameOf(sites, state), scans: missed.map(({ scan }) => scan), why: first.why })
  return true
}

function compareShown({ store, diff, sites }: Comparison, kept: readonly Kept[]): void {
  const pairs = readPairs(
    store,
    kept.flatMap(({ state }) => shownApart(state)),
  )
  for (const { state, wasThere } of kept) {
    const pair = shownApart(state).length === 0 ? undefined : pairs.next().value
    const fields = pair ? fieldsBetween(pair, wasThere) : []
    if (wasThere && fields.length === 0) continue
    const entry = { ...nameOf(sites, state), fields } satisfies ScanDiff['returned'][number]
    if (!wasThere) diff.returned.push(entry)
    else diff.changed.push(entry)
  }
}

function shownApart({ shownBefore, shownAfter }: StateRecord): Pair[] {
  return shownBefore === shownAfter ? [] : [[shownBefore ?? 0, shownAfter ?? 0]]
}

function fieldsBetween([was, is]: Differing, wasThere: boolean): FieldChange[] {
  const [from, to] = [mostOpen([was.access.api, was.access.v1]), mostOpen([is.access.api, is.access.v1])]
  const access = wasThere && from !== to ? [{ name: 'access', from, to }] : []
  return [...access, ...compareFacts(was, is)]
}
