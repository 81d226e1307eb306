import { createDial, type Dial, type DialOptions } from '#main/scanner/dial.ts'
import { askFirstPage } from '#main/scanner/first-page.ts'
import { type Identified, identify } from '#main/scanner/identify.ts'
import { layOut } from '#main/scanner/layout.ts'
import type { Observation } from '#shared/domain/observation.ts'
import type { PlannedBlock, ScanPlan } from '#shared/domain/plan.ts'
import { profiles } from '#shared/domain/profile.ts'

const far = Date.UTC(2100, 0, 1)

/** A planned block with everything that does not matter filled in. */
export function plannedBlock(first: string, last = first, block: Partial<PlannedBlock> = {}): PlannedBlock {
  return {
    rangeId: 1,
    siteId: 1,
    first,
    last,
    ports: [11434],
    candidates: null,
    windows: null,
    reverseDns: false,
    networkRate: null,
    validBefore: far,
    place: null,
    vantage: null,
    ...block,
  }
}

export function scanPlan(plan: Partial<ScanPlan> = {}): ScanPlan {
  return {
    blocks: [],
    exclusions: [],
    ...profiles.fast,
    profile: 'fast',
    rate: 100_000,
    networkRate: 100_000,
    concurrency: 256,
    waits: false,
    seed: 1,
    userAgent: 'Paddock/test',
    ...plan,
  }
}

/** A dial for a plan, with the real clock and no way out but the plan's. */
export function dialFor(plan: ScanPlan, options: Partial<DialOptions> = {}): Dial {
  return createDial({
    plan,
    layout: layOut(plan),
    now: () => Date.now(),
    monotonic: () => performance.now(),
    place: () => null,
    signal: new AbortController().signal,
    ...options,
  })
}

/** What the scanner makes of one server: of its first way in, where it has several. */
export async function identifyAt(
  address: string,
  port: number,
): Promise<Observation | Exclude<Identified, object>> {
  const seen = await identifyAllAt(address, port)
  return typeof seen === 'string' ? seen : seen[0]
}

export async function identifyAllAt(address: string, port: number): Promise<Identified> {
  const dial = dialFor(scanPlan({ blocks: [plannedBlock(address, address, { ports: [port] })] }))
  const opened = await dial.open({ address, port }, 1000)
  if (opened.outcome !== 'answered') throw new Error(`${address}:${port} ${opened.outcome}: ${opened.reason}`)
  const root = await askFirstPage(opened.line, undefined)
  const seen = await identify(opened.line, { now: () => Date.now(), randomPath: () => 'a1b2c3d4e5f6' }, root)
  opened.line.close()
  return seen
}

export async function observationAt(address: string, port: number): Promise<Observation> {
  const seen = await identifyAt(address, port)
  if (typeof seen === 'string') throw new Error(`${address}:${port} is ${seen}`)
  return seen
}
