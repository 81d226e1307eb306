/**
 * Paddock at the size of the public study: 175,108 hosts, 293 daily scans, 7.23 million observations, through the program's
 * own scan runner. Prints one JSON; progress on stderr. What it measures and how: docs/benchmarks.md.
 *
 *   npm run bench:study [-- --scale 0.1] [--scans 40] [--runs <n>] [--keep <folder>]
 *
 * --scale   a part of the hosts
 * --scans   only the first so many scans: for looking at the ingest alone
 * --keep    leaves the data there, judged by the shipped policies, for the console and the command line to open; data
 *           that is there already is not made again
 */
import { existsSync, mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openReader, openStore } from '#main/store/open.ts'
import { shippedAdvisories } from '../support/shipped-advisories.ts'
import { must } from './ask-inventory.ts'
import { removeLater } from './scratch-folder.ts'
import { createChance } from './study-chance.ts'
import { curveOf, summaryOf } from './study-costs.ts'
import { imagineHosts } from './study-hosts.ts'
import { fileBytes, ingestStudy, type ScanCost, startOfScan } from './study-ingest.ts'
import { judgeStudy } from './study-judging.ts'
import { published, publishedModelsPerObservation } from './study-published.ts'
import { askEverything } from './study-questions.ts'
import { compareFamilies, compareShares, modelsPerObservation } from './study-shares.ts'

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    scans: { type: 'string', default: String(published.scans) },
    runs: { type: 'string', default: '11' },
    keep: { type: 'string' },
  },
})
const folder = values.keep ?? removeLater()
mkdirSync(folder, { recursive: true })
const scans = Number(values.scans)
const isMade = existsSync(join(folder, 'paddock.sqlite'))
const made = isMade ? null : await make()
const reader = must(openReader(folder))
const result = {
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cores: availableParallelism(),
  scale: Number(values.scale),
  scans,
  ...made,
  ...askEverything(
    {
      store: reader,
      now: () => startOfScan(scans),
      about: { version: 'bench', dataFolder: folder, actor: 'bench' },
      advisories: shippedAdvisories,
    },
    Number(values.runs),
    scans,
  ),
  shares: compareShares(reader),
  families: compareFamilies(reader),
  modelsPerObservation: {
    published: publishedModelsPerObservation,
    generated: {
      first: modelsPerObservation(reader, Math.min(20, scans)),
      last: modelsPerObservation(reader, Math.max(1, scans - 30)),
    },
  },
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
reader.connection.close()

async function make() {
  const store = must(openStore(folder))
  const hosts = imagineHosts(Math.round(published.hosts * Number(values.scale)), createChance(1))
  const costs = await ingestStudy(store, folder, hosts, scans, tell)
  store.connection.pragma('wal_checkpoint(TRUNCATE)')
  const recorded = fileBytes(folder)
  const judging = values.keep === undefined ? null : await judgeStudy(store, startOfScan(scans))
  store.connection.pragma('wal_checkpoint(TRUNCATE)')
  const judged = fileBytes(folder)
  store.connection.close()
  return {
    hosts: hosts.length,
    ingest: summaryOf(costs),
    curve: curveOf(costs),
    fileBytes: recorded,
    ...(judging !== null && { judging, judgedFileBytes: judged }),
  }
}

function tell({ scan, observations, absences, recorded, settled }: ScanCost): void {
  if (scan % 10 !== 0) return
  const ms = [recorded.ms, settled.ms, recorded.cpuMs, settled.cpuMs].map(Math.round)
  process.stderr.write(
    `scan ${scan + 1}: ${observations} seen, ${absences} gone; ${ms[0]} + ${ms[1]} ms, of the processor ${ms[2]} + ${ms[3]}\n`,
  )
}
