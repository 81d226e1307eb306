import type { Instant } from '#shared/domain/instant.ts'
import { lastAuditEntry } from '../store/audit-chain.ts'
import type { Work } from '../store/claimed.ts'
import type { FindingKind } from '../store/finding-writes.ts'
import { consistently, type ReadableStore } from '../store/statement.ts'
import type { AdvisoryShelf } from './advisory-shelf.ts'
import { lifeHere } from './due-days.ts'
import { dueState } from './due-moves.ts'
import { affectedBy } from './instance-advisories.ts'
import { factCache } from './instance-facts.ts'
import { type Judged, judgeInstances } from './judge-instance.ts'
import { ownershipBasis } from './ownership.ts'
import { readyRules } from './policies.ts'
import { type TriageResult, triageInstances } from './triage-rows.ts'

/** Instances to look at. `isFirst`: of a run; what was read for the one before does not count any more. */
export interface Job {
  readonly work: Work
  readonly ids: readonly number[]
  readonly now: Instant
  readonly isFirst: boolean
}

export interface Found {
  readonly judged: readonly Judged[]
  /** What findings that are opened say. */
  readonly kinds: readonly FindingKind[]
  readonly placed: readonly TriageResult[]
  /** What dates of findings rested on; moved since, what was found is not to be written. */
  readonly due: string
}

/** Looks at instances without writing: in the thread of the writer where they are few, in a worker where they are many. */
export type Look = (job: Job) => Found

/** Rules that ask of exceptions come last: they speak of what has become of the other findings. */
function inOrder(rules: ReturnType<typeof readyRules>): ReturnType<typeof readyRules> {
  return rules.toSorted((a, b) => Number(a.rule.each === 'exception') - Number(b.rule.each === 'exception'))
}

export function createLook(store: ReadableStore, advisories: AdvisoryShelf): Look {
  const readCommon = () => ({
    entry: lastAuditEntry(store, {})?.id,
    rules: inOrder(readyRules(store)),
    life: lifeHere(store),
    affectedBy: affectedBy(store, advisories),
    basis: ownershipBasis(store, false),
    cache: factCache(store, advisories),
    place: ownershipBasis(store, true),
  })
  let common: ReturnType<typeof readCommon> | null = null
  return ({ work, ids, now, isFirst }) =>
    consistently(store, () => {
      // What was decided meanwhile counts for whatever is still to be judged.
      if (isFirst || common === null || lastAuditEntry(store, {})?.id !== common.entry) common = readCommon()
      const { place, entry: _, ...judging } = common
      const isTimed = judging.rules.some(({ rule }) => rule.scopeQuery !== '')
      const due = dueState(store)
      return work === 'judge'
        ? { ...judgeInstances({ store, now, isTimed, ...judging }, ids), placed: [], due }
        : { judged: [], kinds: [], due, placed: triageInstances(store, place, ids) }
    })
}
