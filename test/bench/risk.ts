/**
 * How fast the overview, the heatmaps and what belongs to them answer at the size of the public study: 175,108 instances,
 * judged by the rules in force. `unchanged`: nothing has happened since the last answer; `cold`: before each answer
 * something is written. `first`: the very first answer of a program that was just started. Prints one JSON.
 *
 *   npm run bench:risk [-- --scale 0.1] [--runs <n>] [--data <folder>] [--part overview]…
 *
 * A folder that is given is filled if it is empty, and kept.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { addressMap } from '#main/services/address-map.ts'
import { heatmap } from '#main/services/heatmaps.ts'
import { overview } from '#main/services/overview.ts'
import { toolExposure } from '#main/services/tool-exposure.ts'
import { whatIf } from '#main/services/what-if.ts'
import { openReader } from '#main/store/open.ts'
import { heatmapKinds } from '#shared/domain/heatmap.ts'
import type { WhatIf } from '#shared/domain/what-if.ts'
import { imaginedNow } from '../support/imagined-inventory.ts'
import { shippedAdvisories } from '../support/shipped-advisories.ts'
import { deliverWeights, fillRisk, must, openWriter } from './risk-fill.ts'
import { disturber } from './risk-writes.ts'
import { removeLater } from './scratch-folder.ts'

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    runs: { type: 'string', default: '21' },
    data: { type: 'string' },
    part: { type: 'string', multiple: true },
  },
})
const folder = values.data ?? removeLater()
mkdirSync(folder, { recursive: true })
const filled = existsSync(join(folder, 'paddock.sqlite'))
  ? null
  : await fillRisk(folder, Number(values.scale))
const writer = openWriter(folder)
deliverWeights(writer)
const disturb = disturber(writer)
const store = must(openReader(folder))
let tick = 0
const reading = {
  store,
  now: () => imaginedNow + tick++ * 60_000,
  about: { version: 'bench', dataFolder: folder, actor: 'bench' },
  advisories: shippedAdvisories,
}
const site = store.connection.prepare('SELECT name FROM sites ORDER BY id').pluck().get() as string
const supposed = (asked: WhatIf) => () => must(whatIf(reading, asked))
const screens: Readonly<Record<string, () => unknown>> = {
  overview: () => overview(reading),
  ...Object.fromEntries(heatmapKinds.map(kind => [kind, () => heatmap(reading, kind)])),
  addressMap: () => addressMap(reading),
  toolCalling: () => toolExposure(reading, 500),
  whatIfClose: supposed({ kind: 'close-site', site }),
  whatIfBroken: supposed({ kind: 'broken', query: 'family:llama' }),
  whatIfGuard: supposed({ kind: 'guard', query: 'presence:present access:open tools:yes' }),
  whatIfVersion: supposed({ kind: 'min-version', version: '0.12.4' }),
}
const runs = Number(values.runs)
const measured = Object.fromEntries(
  Object.entries(screens)
    .filter(([name]) => values.part?.includes(name) ?? true)
    .map(([name, read]) => {
      const first = timed(read)
      const unchanged = Array.from({ length: runs }, () => timed(read))
      const cold = Array.from({ length: runs }, () => {
        disturb()
        return timed(read)
      })
      return [name, { first, cold: spread(cold), unchanged: spread(unchanged) }]
    }),
)
const instances = store.connection.prepare('SELECT count(*) FROM inventory_rows').pluck().get()
const findings = store.connection.prepare('SELECT count(*) FROM findings').pluck().get()
process.stdout.write(
  `${JSON.stringify({ node: process.version, instances, findings, filled, measured }, null, 2)}\n`,
)
store.connection.close()
writer.connection.close()

interface Taken {
  readonly ms: number
  readonly cpuMs: number
}

function timed(work: () => unknown): Taken {
  const cpu = process.cpuUsage()
  const started = performance.now()
  work()
  const ms = performance.now() - started
  const { user, system } = process.cpuUsage(cpu)
  return { ms: tenths(ms), cpuMs: tenths((user + system) / 1000) }
}

function spread(all: readonly Taken[]) {
  const at = (share: number, of: (each: Taken) => number) => {
    const sorted = all.map(of).toSorted((a, b) => a - b)
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  }
  return {
    p50: at(0.5, each => each.ms),
    p95: at(0.95, each => each.ms),
    cpuP95: at(0.95, each => each.cpuMs),
  }
}

function tenths(value: number): number {
  return Math.round(10 * value) / 10
}
