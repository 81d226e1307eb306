import type { BlastRadius, BlastRequest } from '#shared/domain/blast-radius.ts'
import { unaskedLicence } from '#shared/domain/licence.ts'
import type { Condition } from '#shared/query/condition.ts'
import { type Result, succeed } from '#shared/result.ts'
import { aboutModels, asks, isDemanded } from '../governance/about-models.ts'
import { listHolders } from '../store/held-models.ts'
import { firstIds, seeAffected } from '../store/held-rows.ts'
import { textsOfTerms } from '../store/query-terms.ts'
import type { QueryContext } from '../store/query-where.ts'
import { siteNames } from '../store/sites.ts'
import { consistently, type ReadableStore } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { type Catalogued, modelCatalogue, namesHeld } from './model-catalogue.ts'
import { capabilitiesSaidOf } from './model-facts.ts'
import {
  countHeld,
  countHolding,
  emptyLists,
  type HeldCount,
  type HeldLists,
  holderOf,
  unnamedOf,
} from './model-holders.ts'
import { knownLicences } from './model-licences.ts'
import { queryContext } from './query-context.ts'
import { readQuery } from './read-query.ts'

/** Who is hit if what a query says is affected: the instances it finds, where they stand, who answers for them, what they hold. */
export function blastRadius(reading: Reading, { query, most }: BlastRequest): Result<BlastRadius> {
  const condition = readQuery(query)
  if (!condition.ok) return condition
  const { store } = reading
  return consistently(store, () => {
    const context = queryContext(reading, reading.now())
    const { total, bySite, byOwner, lists } = countAffected(context, condition.value)
    const owners = namedOwners(store, byOwner)
    const models = affectedModels(store, lists, aboutModels(condition.value))
    const ids = firstIds(context, condition.value, most)
    const names = namesHeld(
      store,
      models.slice(0, most).map(({ model }) => model),
    )
    const unowned = byOwner.get(0) ?? 0
    return succeed({
      instances: listHolders(store, { ids: JSON.stringify(ids) }).map(holderOf),
      sites: namedSites(store, bySite),
      owners,
      models: models.slice(0, most).map(({ model, instances }) => ({
        digest: model.digest,
        name: names.get(model.key)?.[0] ?? '',
        instances,
      })),
      counts: {
        instances: total,
        sites: bySite.size,
        owners: owners.length - (unowned > 0 ? 1 : 0),
        unowned,
        models: models.length,
        holding: countHolding(lists, models),
      },
    })
  })
}

function countAffected(context: QueryContext, condition: Condition) {
  const empty = emptyLists(context.store)
  const { rows } = empty
  const [bySite, byOwner] = [new Tally(), new Tally()]
  seeAffected(context, condition, (site, owner, digests) => {
    bySite.add(site)
    byOwner.add(owner)
    rows[digests] = (rows[digests] ?? 0) + 1
  })
  // 0 is no list: nothing is known of what these rows hold.
  rows[0] = 0
  const lists: HeldLists = { ...empty, unnamed: unnamedOf(context, condition, empty) }
  return { total: bySite.total, bySite: bySite.counts(), byOwner: byOwner.counts(), lists }
}

/** Counts by number. Neighbours mostly have the same, which is then only counted: a map takes ten times as long. */
class Tally {
  total = 0
  readonly #counts = new Map<number, number>()
  #last = -1
  #run = 0

  add(number: number): void {
    this.total++
    if (number === this.#last) {
      this.#run++
      return
    }
    this.#keep()
    this.#last = number
    this.#run = 1
  }

  #keep(): void {
    if (this.#run > 0) this.#counts.set(this.#last, (this.#counts.get(this.#last) ?? 0) + this.#run)
  }

  counts(): ReadonlyMap<number, number> {
    this.#keep()
    this.#run = 0
    return this.#counts
  }
}

/** Most instances first; equal ones by name. */
function namedSites(store: ReadableStore, bySite: ReadonlyMap<number, number>): BlastRadius['sites'] {
  return siteNames(store, {})
    .flatMap(({ id, name }) => {
      const instances = bySite.get(id)
      return instances === undefined ? [] : [{ site: name, instances }]
    })
    .sort((a, b) => b.instances - a.instances || (a.site < b.site ? -1 : 1))
}

function namedOwners(store: ReadableStore, byOwner: ReadonlyMap<number, number>): BlastRadius['owners'] {
  const unowned = byOwner.get(0) ?? 0
  const named = textsOfTerms(store, { ids: JSON.stringify([...byOwner.keys()]) })
    .map(({ id, text }) => ({ owner: text, instances: byOwner.get(id) ?? 0 }))
    .sort((a, b) => b.instances - a.instances || (a.owner < b.owner ? -1 : 1))
  return unowned === 0 ? named : [...named, { owner: null, instances: unowned }]
}

function affectedModels(store: ReadableStore, lists: HeldLists, demand: Condition | null): HeldCount[] {
  const held = countHeld(lists, modelCatalogue(store))
  // They come by key: of the same count, they stay so.
  return meantAmong(store, held, demand).sort((a, b) => b.instances - a.instances)
}

function meantAmong(store: ReadableStore, held: HeldCount[], demand: Condition | null): HeldCount[] {
  if (demand === null) return held
  const said = asks(demand, 'capability') ? capabilitiesSaidOf(store) : null
  const licenceOf = asks(demand, 'license') ? knownLicences(store) : null
  return held.filter(({ model }) => isMeant(model, demand, said?.get(model.key), licenceOf?.(model.digest)))
}

/** By any of its names, with everything that any server said it can do. */
function isMeant(
  model: Catalogued,
  demand: Condition,
  said: readonly string[][] = [],
  licence = unaskedLicence,
): boolean {
  const isSaid = said.length > 0 || model.capabilities !== null
  const capabilities = isSaid ? [...new Set([...said.flat(), ...(model.capabilities ?? [])])] : null
  return model.entries.some(({ name }) => isDemanded(demand, { ...model, name, capabilities, licence }))
}
