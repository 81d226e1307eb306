/**
 * How fast the inventory answers at the size of the public study: 175,108 instances, written through the store. Prints one JSON.
 *
 *   npm run bench:query [-- --scale 0.1] [--runs <n>] [--data <folder>]
 *
 * What is asked and measured: test/bench/ask-inventory.ts.
 * --data    keeps the file there and uses it again
 */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openReader, openStore } from '#main/store/open.ts'
import { fillInventory } from '../support/fill-inventory.ts'
import { imaginedInventory, imaginedNow } from '../support/imagined-inventory.ts'
import { shippedAdvisories } from '../support/shipped-advisories.ts'
import { askInventory, must } from './ask-inventory.ts'
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
    runs: { type: 'string', default: '11' },
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
const result = {
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  instances: count,
  fileBytes: statSync(join(folder, 'paddock.sqlite')).size,
  filled,
  ...askInventory(reading, queries, Number(values.runs)),
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
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
