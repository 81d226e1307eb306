/**
 * How fast the overview and the heatmaps answer at the size of the public study: 175,108 instances, judged by the rules in
 * force. Prints one JSON.
 *
 *   npm run bench:risk [-- --scale 0.1] [--runs <n>] [--data <folder>]
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { riskValuesOf } from '#main/governance/risk-facts.ts'
import { addressMap } from '#main/services/address-map.ts'
import { assessRisks } from '#main/services/assess-risk.ts'
import { heatmap } from '#main/services/heatmaps.ts'
import { factCache, readFacts } from '#main/services/instance-facts.ts'
import { overview } from '#main/services/overview.ts'
import { ownershipBasis } from '#main/services/ownership.ts'
import { loadWeights } from '#main/services/risk-weights.ts'
import { toolExposure } from '#main/services/tool-exposure.ts'
import { whatIf } from '#main/services/what-if.ts'
import { openReader, openStore } from '#main/store/open.ts'
import { transaction } from '#main/store/statement.ts'
import { heatmapKinds } from '#shared/domain/heatmap.ts'
import type { Result } from '#shared/result.ts'
import { fillInventory } from '../support/fill-inventory.ts'
import { imaginedInventory, imaginedNow } from '../support/imagined-inventory.ts'
import { shippedAdvisories } from '../support/shipped-advisories.ts'
import { removeLater } from './scratch-folder.ts'

const studySize = 175_108
const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    runs: { type: 'string', default: '21' },
    data: { type: 'string' },
  },
})
const folder = values.data ?? removeLater()
mkdirSync(folder, { recursive: true })
const filled = existsSync(join(folder, 'paddock.sqlite')) ? null : fill()
const store = must(openReader(folder))
let tick = 0
const reading = {
  store,
  now: () => imaginedNow + tick++ * 60_000,
  about: { version: 'bench', dataFolder: folder, actor: 'bench' },
  advisories: shippedAdvisories,
}
const measured = {
  overview: spread(() => overview(reading)),
  ...Object.fromEntries(heatmapKinds.map(kind => [kind, spread(() => heatmap(reading, kind))])),
  addressMap: spread(() => addressMap(reading)),
  toolCalling: spread(() => toolExposure(reading, 500)),
  whatIfClose: spread(() => whatIf(reading, { kind: 'close-site', site: 'Plant 1' }), 3),
  whatIfBroken: spread(() => whatIf(reading, { kind: 'broken', query: 'family:llama' }), 3),
}
process.stdout.write(`${JSON.stringify({ node: process.version, filled, measured }, null, 2)}\n`)
store.connection.close()

function fill() {
  const writable = must(openStore(folder))
  writable.connection.pragma('synchronous = OFF')
  const started = performance.now()
  const ids = fillInventory(writable, imaginedInventory(Math.round(studySize * Number(values.scale)), 1))
  const filledMs = performance.now() - started
  const weights = join(import.meta.dirname, '..', '..', 'resources', 'risk', 'weights.json')
  loadWeights({ store: writable }, readFileSync(weights, 'utf8'))
  const cache = factCache(writable, shippedAdvisories)
  const basis = ownershipBasis(writable, false)
  const assessing = performance.now()
  for (let start = 0; start < ids.length; start += 200) {
    const some = ids.slice(start, start + 200)
    transaction(writable, () =>
      assessRisks(writable, imaginedNow, valuesOf(readFacts(writable, some, imaginedNow, basis, cache))),
    )
  }
  const assessedMs = performance.now() - assessing
  writable.connection.pragma('wal_checkpoint(TRUNCATE)')
  writable.connection.close()
  return { instances: ids.length, filledMs: Math.round(filledMs), assessedMs: Math.round(assessedMs) }
}

function valuesOf(judged: ReturnType<typeof readFacts>) {
  return new Map([...judged].map(([id, { facts }]) => [id, riskValuesOf(facts)]))
}

function spread(work: () => unknown, runs = Number(values.runs)) {
  const all = Array.from({ length: runs }, () => {
    const cpu = process.cpuUsage()
    const started = performance.now()
    work()
    const ms = performance.now() - started
    const { user, system } = process.cpuUsage(cpu)
    return { ms, cpuMs: (user + system) / 1000 }
  })
  const at = (share: number, of: (each: (typeof all)[number]) => number) => {
    const sorted = all.map(of).toSorted((a, b) => a - b)
    return Math.round(10 * (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)) / 10
  }
  return {
    p50: at(0.5, each => each.ms),
    p95: at(0.95, each => each.ms),
    cpuP95: at(0.95, each => each.cpuMs),
  }
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}
