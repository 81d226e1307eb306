import { endException } from '../store/exceptions.ts'
import { keepFindingFacts, type Opened, openFindings } from '../store/finding-writes.ts'
import * as findings from '../store/findings.ts'
import type { WritableStore } from '../store/statement.ts'
import { assessRisks } from './assess-risk.ts'
import { refreshInstance } from './instance-summary.ts'
import type { FindingWrite } from './judge-finding.ts'
import type { Judged, JudgedInstances } from './judge-instance.ts'

/**
 * Writes what was found about instances; call it in a transaction. Queries narrow rules, and queries ask for owners: an
 * instance that queries knew under another owner is only told of here, and judged once more. `renamed`: those of this run.
 */
export function keepJudged(
  store: WritableStore,
  now: number,
  { judged, kinds }: JudgedInstances,
  renamed: Set<number>,
): void {
  assessRisks(
    store,
    now,
    new Map(judged.flatMap(each => (each.risk === null ? [] : [[each.instance, each.risk]]))),
  )
  const opened = judged.flatMap(each => keepOne(store, now, each, renamed) ?? [])
  openFindings(store, now, kinds, opened)
}

/** Returns what is to be opened. */
function keepOne(
  store: WritableStore,
  now: number,
  { instance, isOwnerNew, ended, findings: writes, opened, verdicts }: Judged,
  renamed: Set<number>,
): Opened | null {
  if (isOwnerNew) refreshInstance(store, instance)
  if (isOwnerNew && !renamed.has(instance)) {
    renamed.add(instance)
    findings.markStale(store, { instance })
    return null
  }
  for (const each of ended) endException(store, { ...each })
  for (const write of writes) keepFinding(store, now, write)
  if (verdicts !== null) findings.keepVerdicts(store, { instance, at: now, ...verdicts })
  // Whatever marked it meanwhile was this very writing.
  findings.clearStale(store, { instance })
  // A query that narrows a rule may ask for the owner: the next look sees the new one.
  if (isOwnerNew) findings.markStale(store, { instance })
  return opened
}

function keepFinding(store: WritableStore, now: number, { id, written, isMoved }: FindingWrite): void {
  const { facts, ...said } = written
  findings.updateFinding(store, { id, ...said, facts: keepFindingFacts(store, facts) })
  if (!isMoved) return
  const { status, reason } = written
  findings.addFindingEvent(store, { finding: id, at: now, status, reason, actor: null })
}
