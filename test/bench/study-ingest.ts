import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { layOut } from '#main/scanner/layout.ts'
import { keepEdition } from '#main/services/advisory-shelf.ts'
import type { Owning } from '#main/services/context.ts'
import { createScanRunner } from '#main/services/scan-runner.ts'
import { addressKeyOf } from '#main/store/keys.ts'
import { addRange } from '#main/store/ranges.ts'
import { addScanBlock } from '#main/store/scan-blocks.ts'
import { addScan } from '#main/store/scans.ts'
import { addSite } from '#main/store/sites.ts'
import { transaction, type WritableStore } from '#main/store/statement.ts'
import type { PlannedBlock, ScanPlan } from '#shared/domain/plan.ts'
import type { ScanId } from '#shared/ids.ts'
import { plannedBlock, scanPlan } from '../support/scanning.ts'
import { shippedAdvisories } from '../support/shipped-advisories.ts'
import { type StudyHost, siteCountFor } from './study-hosts.ts'
import { published } from './study-published.ts'
import { studySweep, type Told } from './study-sweep.ts'
import { minus, noTime, stopwatch, type TimeTaken } from './taken.ts'

const dayMs = 86_400_000
/** The day of the last scan. */
const lastDay = Date.UTC(2026, 10, 23, 2)

export function startOfScan(scan: number): number {
  return lastDay - (published.scans - 1 - scan) * dayMs
}

/** What one scan cost whoever records it: without what the generator did. */
export interface ScanCost {
  readonly scan: number
  readonly observations: number
  readonly absences: number
  /** Of the observations, batch by batch, … */
  readonly recorded: TimeTaken
  /** … then who is who, what is claimed about models, coverage and seal. */
  readonly settled: TimeTaken
  readonly whole: TimeTaken
  /** What the threads that sweep make of observations: not part of the whole. */
  readonly prepared: TimeTaken
}

/** Runs scans of the study's hosts through the program's own scan runner, one a day. */
export async function ingestStudy(
  store: WritableStore,
  folder: string,
  hosts: readonly StudyHost[],
  scans: number,
  report: (cost: ScanCost) => void = () => {},
): Promise<ScanCost[]> {
  const plan = planFor(store, siteCountFor(hosts.length))
  const layout = layOut(plan)
  const costs: ScanCost[] = []
  for (let scan = 0; scan < scans; scan++) {
    const id = beginScan(store, plan, scan)
    const told = nothingTold()
    const taken = stopwatch()
    await runScan(store, folder, id, startOfScan(scan), order =>
      studySweep({
        hosts,
        scan,
        scans: published.scans,
        startedAt: startOfScan(scan),
        layout,
        watched: new Set(order.watched),
        told,
      }),
    )
    const { observations, absences, recorded, generated, prepared } = told
    const whole = minus(taken(), generated)
    const settled = minus(whole, recorded)
    const cost = { scan, observations, absences, recorded, settled, whole, prepared }
    costs.push(cost)
    report(cost)
  }
  return costs
}

function nothingTold(): Told {
  return { recorded: noTime, observations: 0, absences: 0, claims: 0, generated: noTime, prepared: noTime }
}

function planFor(store: WritableStore, sites: number): ScanPlan {
  const blocks = Array.from({ length: sites }, (_, index): PlannedBlock => {
    const site = addSite(store, { name: `Plant ${index + 1}`, at: startOfScan(0) }).id
    const [first, last] = [`10.${index}.0.0`, `10.${index}.255.255`]
    const range = addRange(store, {
      ...{ site, first: addressKeyOf(first), last: addressKeyOf(last), block: `10.${index}.0.0/16` },
      ...{ zone: index % 3 === 0 ? 'server' : 'client', ports: '[11434]', exclusions: '[]' },
      ...{ authorisedBy: 'Network team', reference: `NET-${index + 1}`, validUntil: '2999-12-31' },
      ...{ windows: null, networkRate: null, candidates: null, at: startOfScan(0) },
    }).id
    return plannedBlock(first, last, { rangeId: range, siteId: site })
  })
  return scanPlan({ blocks, profile: 'normal' })
}

function beginScan(store: WritableStore, plan: ScanPlan, scan: number): ScanId {
  return transaction(store, () => {
    const { id } = addScan(store, {
      at: startOfScan(scan),
      by: 'bench',
      vantage: null,
      advisoryEdition: keepEdition(store, shippedAdvisories.shipped(), startOfScan(0)),
      plan: JSON.stringify(plan),
      networksDone: Buffer.alloc(Math.ceil((plan.blocks.length * 256) / 8)),
    })
    for (const [position, { rangeId: range }] of plan.blocks.entries()) {
      addScanBlock(store, {
        ...{ scan: id, position, range, site: `Plant ${position + 1}`, block: `10.${position}.0.0/16` },
        ...{ ports: '[11434]', authorisedBy: 'Network team', reference: `NET-${position + 1}` },
        ...{ validUntil: '2999-12-31', targets: 65_536, excluded: 0 },
      })
    }
    return id as ScanId
  })
}

function runScan(
  store: WritableStore,
  dataFolder: string,
  id: ScanId,
  startedAt: number,
  sweeper: Owning['sweeper'],
): Promise<void> {
  return new Promise((resolve, reject) => {
    let tick = 0
    createScanRunner({
      store,
      sweeper,
      // A scan of an hour, in which time moves on with every look at the clock.
      now: () => startedAt + Math.min(3_600_000, 200_000 + tick++),
      random: Math.random,
      randomBytes: size => randomBytes(size),
      monotonic: () => performance.now(),
      advisories: shippedAdvisories,
      about: { version: 'bench', dataFolder, actor: 'bench' },
      surroundings: () => Promise.reject(new Error('no scan of a benchmark looks around')),
      readText: () => Promise.reject(new Error('no scan of a benchmark reads files')),
      readFile: () => Promise.reject(new Error('no scan of a benchmark reads files')),
      exporter: {
        write: () => Promise.reject(new Error('no scan of a benchmark writes files')),
        close: async () => {},
      },
      post: () => Promise.reject(new Error('no scan of a benchmark tells anybody')),
      problemOfAddress: () => null,
      emit: name => void (name === 'scan.ended' && resolve()),
      log: { info: () => {}, error: (details, message) => reject(new Error(message, { cause: details })) },
      // Measured by itself, once everything is recorded.
      evaluation: {
        run: async () => {},
        catchUp: async () => {},
        runAll: async () => {},
        progress: () => null,
        close: async () => {},
      },
    }).run(id)
  })
}

export function fileBytes(folder: string): number {
  return statSync(join(folder, 'paddock.sqlite')).size
}
