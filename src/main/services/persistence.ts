import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { type Band, bands, type Persistence, type PersistenceSummary } from '#shared/domain/persistence.ts'
import { persistence } from '../governance/persistence.ts'
import {
  type CountRecord,
  countsAfter,
  countsOfAll,
  countsOfInstance,
  vantagesOfEndpoint,
} from '../store/persistence.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { readHistorySettings } from './history-settings.ts'
import { type Looks, looksOf } from './looks.ts'

/** How persistently one instance answered: counted from its spells and from what every scan covered. */
export function persistenceOf(store: ReadableStore, instance: number): Persistence {
  return judge(store, looksOf(store), countsOfInstance(store, { instance }))
}

/** All instances by band. */
export function summarisePersistence({ store }: Pick<Reading, 'store'>): PersistenceSummary {
  const looks = looksOf(store)
  const { persistentShare, persistentScans } = readHistorySettings(store)
  const summary: PersistenceSummary = {
    instances: 0,
    bands: Object.fromEntries(bands.map(band => [band, { instances: 0, answered: 0 }])) as Record<
      Band,
      { instances: number; answered: number }
    >,
    definition: { persistentShare, persistentScans },
  }
  for (const records of Map.groupBy(countsOfAll(store, {}), each => each.instance_id).values()) {
    const { band, answered } = judge(store, looks, records)
    summary.instances++
    summary.bands[band].instances++
    summary.bands[band].answered += answered
  }
  return summary
}

/** So many at once hold nobody up for more than some 15 ms. */
const perStep = 300

/** How many instances answer whenever they are looked for, and of how many. Others come in between; null: it was ended. */
export async function countPersistentCore(
  store: ReadableStore,
  isClosing: () => boolean,
): Promise<{ persistentCore: number; instances: number } | null> {
  const found = { persistentCore: 0, instances: 0 }
  for (let after = 0; ; ) {
    if (isClosing()) return null
    const records = countsAfter(store, { after, limit: perStep })
    if (records.length === 0) return found
    const looks = looksOf(store)
    for (const [instance, links] of Map.groupBy(records, each => each.instance_id)) {
      after = instance
      found.instances++
      if (judge(store, looks, links).band === 'persistent') found.persistentCore++
    }
    await yieldToOthers()
  }
}

function judge(store: ReadableStore, looks: Looks, links: readonly CountRecord[]): Persistence {
  const { persistentShare, persistentScans } = readHistorySettings(store)
  let answered = 0
  let covering = 0
  for (const stay of staysOf(links)) {
    // Several ways in at one time are one instance: the one that answered most speaks for it.
    const counts = stay.map(link => countsOf(store, looks, link))
    answered += Math.max(...counts.map(each => each.answered))
    covering += Math.max(...counts.map(each => each.covering))
  }
  return persistence(answered, covering, { persistentShare, persistentScans })
}

function countsOf(
  store: ReadableStore,
  looks: Looks,
  link: CountRecord,
): { answered: number; covering: number } {
  const vantages = vantagesOfEndpoint(store, { endpoint: link.endpoint_id }).map(each => each.vantage_id)
  const until = link.unlinked_at === null ? Number.MAX_SAFE_INTEGER : link.unlinked_at - 1
  const looked = looks.count(link, link.linked_at, until, vantages)
  const inVain = link.failed_count + link.unreachable + link.purged_unreachable
  return { answered: link.answered + link.purged_answered, covering: looked - inVain }
}

/** Links that follow each other are moves from one stay to the next; those that overlap are one stay. */
function staysOf(links: readonly CountRecord[]): CountRecord[][] {
  const stays: CountRecord[][] = []
  let end = Number.NEGATIVE_INFINITY
  for (const link of links) {
    const last = stays.at(-1)
    if (last !== undefined && link.linked_at < end) last.push(link)
    else stays.push([link])
    end = Math.max(end, link.unlinked_at ?? Number.POSITIVE_INFINITY)
  }
  return stays
}
