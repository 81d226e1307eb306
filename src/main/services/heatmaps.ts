import { type Severity, severities } from '#shared/domain/exposure.ts'
import { exposureClasses, type Heatmap, type HeatmapKind } from '#shared/domain/heatmap.ts'
import { dateOf, startOfDate } from '#shared/domain/instant.ts'
import { valueTerm } from '#shared/query/term.ts'
import { dataVersion } from '../store/inventory-rows.ts'
import * as counts from '../store/risk-counts.ts'
import { siteNames } from '../store/sites.ts'
import { consistently, type ReadableStore } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { knownProfiles } from './known-profiles.ts'
import { siteBlocks } from './network-blocks.ts'

/** How instances are distributed over two things at once. Present ones, but for when they were first seen. */
export function heatmap({ store }: Pick<Reading, 'store'>, kind: HeatmapKind): Heatmap {
  return consistently(store, () => {
    const state = String(dataVersion(store))
    const maps = kept.get(store.connection) ?? new Map<HeatmapKind, { state: string; map: Heatmap }>()
    kept.set(store.connection, maps)
    const same = maps.get(kind)
    if (same?.state === state) return same.map
    const map = makers[kind](store)
    maps.set(kind, { state, map })
    return map
  })
}

/** The newest of each kind, while the data is the same. */
const kept = new WeakMap<object, Map<HeatmapKind, { state: string; map: Heatmap }>>()

const makers: Readonly<Record<HeatmapKind, (store: ReadableStore) => Heatmap>> = {
  'site-exposure': siteExposure,
  'owner-severity': ownerSeverity,
  'likelihood-impact': likelihoodImpact,
  calendar,
  'address-space': addressSpace,
}

type Cell = Heatmap['cells'][number]

/** Adds up cells that fall together. */
class Cells {
  readonly #cells = new Map<string, Cell>()

  add(row: string, column: string, value: number, query: () => string): void {
    const key = JSON.stringify([row, column])
    const known = this.#cells.get(key)
    this.#cells.set(key, { row, column, value: value + (known?.value ?? 0), query: known?.query ?? query() })
  }

  get list(): Cell[] {
    return [...this.#cells.values()]
  }
}

const present = 'presence:present'
const isPresent = (facts: number) => counts.isWord(facts, 'presence', 'present')

function siteExposure(store: ReadableStore): Heatmap {
  const cells = new Cells()
  const weights = new Map<string, number>()
  for (const { site, facts, count } of counts.countsBySite(store, {})) {
    if (!isPresent(facts)) continue
    const found = exposureClass(counts.countedWord(facts, 'access'), counts.countedWord(facts, 'tools'))
    weights.set(site, (weights.get(site) ?? 0) + count * weightOf(found.name))
    cells.add(site, found.name, count, () => `${present} ${valueTerm('site', site)} ${found.query}`)
  }
  return { rows: heaviestFirst(weights), columns: [...exposureClasses], cells: cells.list }
}

/** What is open and can call tools before what is open, and that before the rest. */
function weightOf(exposure: string): number {
  if (exposure === 'open-tools') return 64
  if (exposure === 'open-tools-unknown') return 16
  return exposure === 'open' ? 4 : 1
}

function heaviestFirst(weights: ReadonlyMap<string, number>): string[] {
  return [...weights].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([row]) => row)
}

function exposureClass(access: string, tools: string): { name: string; query: string } {
  if (access !== 'open') return { name: access, query: `access:${access}` }
  const query = `access:open tools:${tools}`
  if (tools === 'yes') return { name: 'open-tools', query }
  return { name: tools === 'unknown' ? 'open-tools-unknown' : 'open', query }
}

function ownerSeverity(store: ReadableStore): Heatmap {
  const cells = new Cells()
  const weights = new Map<string, number>()
  for (const { owner, facts, count } of counts.countsByOwner(store, {})) {
    if (!isPresent(facts)) continue
    const level = counts.countedWord(facts, 'risk')
    // One who is really called "none" is in quotes.
    const term = owner === null ? 'owner:none' : valueTerm('owner', owner)
    const row = owner === null ? 'none' : owner.toLowerCase() === 'none' ? `"${owner}"` : owner
    const rank = 4 ** (4 - severities.indexOf(level as Severity))
    weights.set(row, (weights.get(row) ?? 0) + count * rank)
    cells.add(row, level, count, () => `${present} ${term} risk:${level}`)
  }
  return { rows: heaviestFirst(weights), columns: [...severities], cells: cells.list }
}

const bands = [80, 60, 40, 20, 0] as const
const bandName = (from: number) => `${from}-${from === 80 ? 100 : from + 19}`
const bandOf = (value: number) => bands.find(from => value >= from) ?? 0
const bandTerm = (field: string, from: number) =>
  from === 80 ? `${field}>=80` : from === 0 ? `${field}<20` : `${field}>=${from} ${field}<${from + 20}`

function likelihoodImpact(store: ReadableStore): Heatmap {
  const profiles = knownProfiles(store)
  const found = new Map<number, number>()
  for (const [, id, , count] of counts.presentProfiles(store)) {
    const profile = profiles.get(id)
    if (profile === undefined) continue
    const at = bandOf(profile.likelihood) * 1000 + bandOf(profile.impact)
    found.set(at, (found.get(at) ?? 0) + count)
  }
  const cells = [...found].map(([at, value]) => {
    const [row, column] = [Math.floor(at / 1000), at % 1000]
    const query = `${present} ${bandTerm('likelihood', row)} ${bandTerm('impact', column)}`
    return { row: bandName(row), column: bandName(column), value, query }
  })
  const columns = [...bands].reverse().map(bandName)
  return { rows: bands.map(bandName), columns, cells }
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const quarterMs = 900_000

/** When instances were seen for the first time: a column a week, named by its Monday. */
function calendar(store: ReadableStore): Heatmap {
  const cells = new Cells()
  const weeks = new Set<string>()
  const days = new Map<string, number>()
  for (const { quarter, count } of counts.countsByTime(store, {})) {
    const date = dateOf(quarter * quarterMs)
    days.set(date, (days.get(date) ?? 0) + count)
  }
  for (const [date, count] of days) {
    const { week, day } = weekOf(date)
    weeks.add(week)
    cells.add(day, week, count, () => `firstSeen:${date}`)
  }
  return { rows: [...weekdays], columns: [...weeks].sort(), cells: cells.list }
}

function weekOf(date: string): { week: string; day: string } {
  const start = new Date(startOfDate(date) ?? 0)
  const index = (start.getDay() + 6) % 7
  const monday = new Date(start.getFullYear(), start.getMonth(), start.getDate() - index)
  return { week: dateOf(monday.getTime()), day: weekdays[index] ?? 'mon' }
}

function addressSpace(store: ReadableStore): Heatmap {
  const names = new Map(siteNames(store, {}).map(({ id, name }) => [id, name]))
  const terms = new Map(
    [...names].map(([id, name]) => [id, `${present} ${valueTerm('site', name)} network:`]),
  )
  const cells: Cell[] = []
  const [rows, columns] = [new Set<string>(), new Set<string>()]
  for (const { siteId, block, count } of siteBlocks(store)) {
    const row = names.get(siteId) ?? ''
    rows.add(row)
    columns.add(block)
    cells.push({ row, column: block, value: count, query: `${terms.get(siteId)}${block}` })
  }
  return { rows: [...rows].sort(), columns: [...columns], cells }
}
