import type { Chance } from './study-chance.ts'
import { imagineModels, type StudyModel } from './study-models.ts'
import { persistentAbove, published, publishedShares } from './study-published.ts'

export interface StudyHost {
  readonly index: number
  readonly site: number
  readonly address: string
  /** Scans at which it begins to answer, and those from which on it does not, in turn. */
  readonly turns: Uint16Array
  readonly observations: number
  /** All it holds in the end: it begins with some of them. */
  readonly models: readonly StudyModel[]
  /** A model is in memory whenever somebody looks. */
  readonly isBusy: boolean
  /** Where it is not silent when it is off: its machine still refuses. */
  readonly refuses: boolean
  /** It is brought up to date every so many scans; 0: never. */
  readonly upgradesEvery: number
  readonly phase: number
}

/** Each in a /16 of its own. */
export function siteCountFor(hosts: number): number {
  return Math.max(1, Math.round(hosts / 4378))
}

/** The hosts of the study, or a part of them, in the order of their addresses. */
export function imagineHosts(count: number, chance: Chance): StudyHost[] {
  const observations = imagineObservations(count, chance)
  const models = imagineModels(count, chance)
  const sites = siteCountFor(count)
  const perSite = Math.ceil(count / sites)
  return Array.from({ length: count }, (_, index) => {
    const site = Math.floor(index / perSite)
    const apart = Math.floor(65_536 / perSite)
    const place = (index % perSite) * apart + chance.below(apart)
    const seen = observations[index] ?? 1
    return {
      index,
      site,
      address: `10.${site}.${place >> 8}.${place & 255}`,
      turns: imagineTurns(seen, chance),
      observations: seen,
      models: models[index] ?? [],
      isBusy: chance.next() < 0.15,
      refuses: chance.next() < 0.03,
      upgradesEvery: chance.next() < 0.2 ? 0 : 60 + chance.below(120),
      phase: chance.below(180),
    }
  })
}

/** How often each is seen: 36 % once, 13 % more than a hundred times, and those 13 % are 76 % of all observations. */
function imagineObservations(count: number, chance: Chance): Uint16Array {
  const scale = count / published.hosts
  const wanted = published.observations * scale
  const once = Math.round((publishedShares.seenOnce / 100) * count)
  const persistent = Math.round((publishedShares.seenPersistently / 100) * count)
  const between = count - once - persistent
  const ofPersistent = (publishedShares.observationsOfPersistent / 100) * wanted
  const most = spread(persistent, ofPersistent, (at, bend) => {
    return persistentAbove + 1 + (published.scans - persistentAbove - 1) * at ** bend
  })
  const some = spread(between, wanted - ofPersistent - once, (at, bend) => 2 * 50 ** (at ** bend))
  const given = new Uint16Array(count)
  const order = chance.shuffle(count)
  for (let at = 0; at < count; at++) {
    const seen = at < once ? 1 : at < once + persistent ? most[at - once] : some[at - once - persistent]
    given[order[at] ?? 0] = seen ?? 1
  }
  return given
}

/** Numbers along a curve, bent until they add up to a sum. */
function spread(count: number, sum: number, curve: (at: number, bend: number) => number): number[] {
  const along = (bend: number) =>
    Array.from({ length: count }, (_, index) => Math.round(curve((index + 0.5) / count, bend)))
  let [low, high] = [0.05, 8]
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (along(middle).reduce((all, each) => all + each, 0) > sum) low = middle
    else high = middle
  }
  return along(high)
}

/** When it is on: in stretches of scans with breaks of some days between them. */
function imagineTurns(observations: number, chance: Chance): Uint16Array {
  const uptime = observations > persistentAbove ? 0.8 + 0.2 * chance.next() : 0.45 + 0.55 * chance.next()
  const length = Math.min(published.scans, Math.ceil(observations / uptime))
  const off = length - observations
  const breaks = Math.min(off, observations - 1, Math.ceil(off / 4))
  const on = parts(observations, breaks + 1, chance)
  const pauses = parts(off, breaks, chance)
  const turns = new Uint16Array(2 * (breaks + 1))
  let at = chance.below(published.scans - length + 1)
  for (const [index, stretch] of on.entries()) {
    turns[2 * index] = at
    at += stretch
    turns[2 * index + 1] = at
    at += pauses[index] ?? 0
  }
  return turns
}

/** A number cut into so many parts, each at least one. */
function parts(whole: number, count: number, chance: Chance): number[] {
  if (count <= 1) return count === 1 ? [whole] : []
  const cuts = new Set<number>()
  while (cuts.size < count - 1) cuts.add(1 + chance.below(whole - 1))
  const sorted = [0, ...[...cuts].sort((a, b) => a - b), whole]
  return sorted.slice(1).map((cut, index) => cut - (sorted[index] ?? 0))
}
