import type { FrameworkAssessment, RuleTally } from '#shared/domain/framework.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type AssessedCoverage, assessControl, countStates } from '../governance/assess-controls.ts'
import { addTo, bucketOf, type Tally } from '../governance/tally.ts'
import { lastChangeAt, tallyFindings, tallyUnknown } from '../store/report-reads.ts'
import { consistently, type ReadableStore } from '../store/statement.ts'
import type { Reading } from './context.ts'
import type { FrameworkShelf, ShelvedPack } from './framework-shelf.ts'
import { readCoverage } from './report-coverage.ts'
import { listRules } from './rules-in-force.ts'

/** The controls of one framework, each with what scans and decisions say about it now. */
export function assessFramework(
  reading: Pick<Reading, 'store' | 'frameworks'>,
  framework: string,
): Result<FrameworkAssessment> {
  const { store, frameworks } = reading
  const found = findFramework(readFrameworks(frameworks).packs, framework)
  if (!found.ok) return found
  return succeed(consistently(store, () => assess(store, found.value)))
}

export function readFrameworks(shelf: Reading['frameworks']): ReturnType<FrameworkShelf['read']> {
  return shelf?.read() ?? { packs: [], problems: [] }
}

export function findFramework(packs: readonly ShelvedPack[], framework: string): Result<ShelvedPack> {
  const found = packs.find(({ pack }) => pack.framework === framework)
  const known = packs.map(({ pack }) => pack.framework).join(', ')
  return found === undefined ? fail('framework-unknown', { framework, known }) : succeed(found)
}

/** The state of the data, as an instant: no clock is asked. */
export function dataAsOf(store: ReadableStore): number {
  return lastChangeAt(store, {})?.at ?? 0
}

function assess(store: ReadableStore, pack: ShelvedPack): FrameworkAssessment {
  const asOf = dataAsOf(store)
  const { scanCount, complete } = readCoverage(store, asOf)
  return assessWith(pack, readTallies(store, asOf), { scanned: scanCount > 0, complete }, asOf)
}

export function assessWith(
  { pack, about }: ShelvedPack,
  tallies: ReadonlyMap<string, RuleTally>,
  coverage: AssessedCoverage,
  asOf: number,
): FrameworkAssessment {
  const controls = pack.controls.map(control => assessControl(control, { tallies, coverage }))
  return {
    framework: about,
    asOf: isoInstant(asOf),
    controls,
    counts: countStates(controls),
    unverified: controls.filter(({ status }) => status === 'unverified').length,
  }
}

/** What the findings of every rule in force say at an instant. */
export function readTallies(store: ReadableStore, asOf: number): Map<string, Tally> {
  const tallies = new Map<string, Tally>()
  for (const { key, severity, enabled } of listRules({ store })) {
    tallies.set(key, {
      rule: key,
      severity,
      enabled,
      open: 0,
      overdue: 0,
      handled: 0,
      excepted: 0,
      unknown: 0,
    })
  }
  for (const { rule, status, overdue, count } of tallyFindings(store, { now: asOf })) {
    const tally = tallies.get(rule)
    if (tally === undefined) continue
    addTo(tally, bucketOf(status, overdue === 1), count)
  }
  for (const { rule, count } of tallyUnknown(store, {})) {
    const tally = tallies.get(rule)
    if (tally !== undefined) tally.unknown += count
  }
  return tallies
}
