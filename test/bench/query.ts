/**
 * How fast the inventory answers at the size of the public study: 175,108 instances, written through the store. Prints one JSON.
 *
 *   npm run bench:query [-- --scale 0.1] [--runs <n>] [--data <folder>]
 *
 * open      filter and sort, ids in order, and its first page of 100 rows
 * page      a further page somewhere in an open list
 * facets    all facets of the query
 * --data    keeps the file there and uses it again
 */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { inventoryFacets } from '#main/services/facets.ts'
import { inventoryPage } from '#main/services/inventory.ts'
import { openQuery } from '#main/services/open-queries.ts'
import { readQuery } from '#main/services/read-query.ts'
import { openReader, openStore } from '#main/store/open.ts'
import { InventoryRequest, type SortColumn, sortColumns } from '#shared/domain/inventory.ts'
import type { Result } from '#shared/result.ts'
import { fillInventory } from '../support/fill-inventory.ts'
import { imaginedInventory, imaginedNow } from '../support/imagined-inventory.ts'
import { shippedAdvisories } from '../support/shipped-advisories.ts'
import { removeLater } from './scratch-folder.ts'

const studySize = 175_108
const queries = [
  '',
  'access:open',
  'tools:yes access:open owner:none version<0.17.1 lastSeen<30d -family:bert',
  'family:llama',
  '-family:llama',
  'model:llama',
  'qwen2',
  'llama plant',
  'zz',
  'address:10.1.0.0/16',
  'address:10.0.0.0/8 port:11434',
  'parameters>30b size>10gb',
  'capability:vision,embedding',
  'version:unknown or version<0.5',
  'host:plant.example',
  '(risk:critical or presence:gone) -site:"Plant 1"',
] as const

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    runs: { type: 'string', default: '7' },
    data: { type: 'string' },
  },
})
const folder = values.data ?? removeLater()
mkdirSync(folder, { recursive: true })
const count = Math.round(studySize * Number(values.scale))
const filled = existsSync(join(folder, 'paddock.sqlite')) ? null : fill(folder, count)
const reader = must(openReader(folder))
let tick = 0
const reading = {
  store: reader,
  // Each opening is a new one: what is kept would be too quick an answer.
  now: () => imaginedNow + tick++ * 60_000,
  about: { version: 'bench', dataFolder: folder, actor: 'bench' },
  advisories: shippedAdvisories,
}
const runs = Number(values.runs)
const opened = queries.map(query => ({ query, ...measureQuery(query) }))
const sorts = sortColumns.map(column => ({ column, open: spread(times(runs, () => openSorted(column))) }))
const openings = [...opened.map(each => each.open.all), ...sorts.map(each => each.open.all)].flat()
const result = {
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  instances: count,
  fileBytes: statSync(join(folder, 'paddock.sqlite')).size,
  filled,
  openP95: p95(openings),
  pageP95: p95(opened.flatMap(each => each.page.all)),
  facetsP95: p95(opened.flatMap(each => each.facets.all)),
  queries: opened,
  sorts,
}
process.stdout.write(`${JSON.stringify(result, (key, value) => (key === 'all' ? undefined : value), 2)}\n`)
reader.connection.close()

function fill(into: string, instances: number) {
  const store = must(openStore(into))
  const started = performance.now()
  // A power failure during a benchmark loses a benchmark.
  store.connection.pragma('synchronous = OFF')
  fillInventory(store, imaginedInventory(instances, 1))
  store.connection.pragma('wal_checkpoint(TRUNCATE)')
  store.connection.close()
  const ms = performance.now() - started
  return { ms: Math.round(ms), instancesPerSecond: Math.round(instances / (ms / 1000)) }
}

function measureQuery(query: string) {
  const condition = must(readQuery(query))
  const open = () => openQuery(reading, query, condition, [{ column: 'risk', descending: false }])
  const openMs = spread(times(runs, open))
  const list = open()
  const page = (start: number) =>
    must(
      inventoryPage(
        reading,
        InventoryRequest.parse({
          query,
          start,
          version: list.version,
          sort: [{ column: 'risk', descending: false }],
        }),
      ),
    )
  const starts = Array.from({ length: runs }, (_, index) =>
    Math.max(0, Math.floor(((index + 0.5) / runs) * list.ids.length) - 100),
  )
  return {
    found: list.ids.length,
    open: openMs,
    page: spread(starts.map(start => time(() => page(start)))),
    facets: spread(times(runs, () => must(inventoryFacets(reading, { query, most: 12 })))),
  }
}

function openSorted(column: SortColumn) {
  return openQuery(reading, '', must(readQuery('')), [{ column, descending: true }])
}

/** Wall time, and processor time beside it: on a machine that does other things too, the two differ. */
interface Taken {
  readonly ms: number
  readonly cpuMs: number
}

function time(work: () => unknown): Taken {
  const cpu = process.cpuUsage()
  const started = performance.now()
  work()
  const ms = performance.now() - started
  const { user, system } = process.cpuUsage(cpu)
  return { ms, cpuMs: (user + system) / 1000 }
}

function times(count: number, work: () => unknown): Taken[] {
  return Array.from({ length: count }, () => time(work))
}

function percentile(all: readonly number[], percent: number): number {
  const sorted = all.toSorted((a, b) => a - b)
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor((percent / 100) * sorted.length))] ?? 0)
}

function spread(all: Taken[]) {
  const wall = all.map(taken => taken.ms)
  const cpu = all.map(taken => taken.cpuMs)
  return { median: percentile(wall, 50), worst: percentile(wall, 100), cpuMedian: percentile(cpu, 50), all }
}

function p95(all: readonly Taken[]) {
  return {
    ms: percentile(
      all.map(taken => taken.ms),
      95,
    ),
    cpuMs: percentile(
      all.map(taken => taken.cpuMs),
      95,
    ),
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}
