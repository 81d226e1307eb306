import { parseAddress } from '#shared/domain/address.ts'
import type { ScanPlan } from '#shared/domain/plan.ts'
import { scansInOrder, scansState } from '../store/persistence.ts'
import type { ReadableStore } from '../store/statement.ts'
import { coverageOf, type ScanCoverage } from './scan-coverage.ts'

/** How often scans looked at places, over all of history. */
export interface Looks {
  /** Scans that covered the place between two instants, from one of the vantages (0: from none that matters). */
  count(place: Place, after: number, until: number, vantages: readonly number[]): number
}

export interface Place {
  readonly site_id: number
  readonly address: string
  readonly port: number
}

/** Scans that looked at the same: a daily scan of one plan is one kind, however often it ran. */
interface Kind {
  readonly vantage: number
  readonly coverage: ScanCoverage
  /** When each of them ended, in order. */
  readonly ends: number[]
}

const known = new WeakMap<object, { readonly state: string; readonly looks: Looks }>()

/** Kept until another scan begins, advances or ends. */
export function looksOf(store: ReadableStore): Looks {
  const state = JSON.stringify(scansState(store, {}))
  const kept = known.get(store.connection)
  if (kept?.state === state) return kept.looks
  const looks = countLooks(store)
  known.set(store.connection, { state, looks })
  return looks
}

function countLooks(store: ReadableStore): Looks {
  const kinds = new Map<string, Kind>()
  for (const scan of scansInOrder(store, {})) {
    const { blocks, exclusions }: ScanPlan = JSON.parse(scan.plan)
    const what = blocks.map(({ siteId, first, last, ports, candidates }) => [
      siteId,
      first,
      last,
      ports,
      candidates,
    ])
    const reach = scan.status === 'finished' ? '' : scan.id
    const key = JSON.stringify([what, exclusions, scan.vantage_id, reach])
    const kind = kinds.get(key)
    if (kind !== undefined) kind.ends.push(scan.finished_at)
    else
      kinds.set(key, { vantage: scan.vantage_id ?? 0, coverage: coverageOf(scan), ends: [scan.finished_at] })
  }
  const all = [...kinds.values()]
  return {
    count({ site_id, address, port }, after, until, vantages) {
      if (parseAddress(address) === null) return 0
      return all.reduce((sum, { vantage, coverage, ends }) => {
        if (!vantages.includes(vantage) || coverage.look(site_id, address, port) !== 'covered') return sum
        return sum + firstAbove(ends, until) - firstAbove(ends, after - 1)
      }, 0)
    },
  }
}

/** How many of the numbers, which are in order, are at most the given one. */
function firstAbove(sorted: readonly number[], limit: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
