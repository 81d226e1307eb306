import { endException } from '../store/exceptions.ts'
import * as findings from '../store/findings.ts'
import type { WritableStore } from '../store/statement.ts'
import { assessRisks } from './assess-risk.ts'
import { refreshInstance } from './instance-summary.ts'
import type { FindingWrite, Judged } from './judge-instance.ts'

/**
 * Writes what was found about instances; call it in a transaction. Queries narrow rules, and queries ask for owners: an
 * instance that queries knew under another owner is only told of here, and judged once more. `renamed`: those of this run.
 */
export function keepJudged(
  store: WritableStore,
  now: number,
  judged: readonly Judged[],
  renamed: Set<number>,
): void {
  assessRisks(
    store,
    now,
    new Map(judged.flatMap(each => (each.risk === null ? [] : [[each.instance, each.risk]]))),
  )
  for (const { instance, isOwnerNew, ended, findings: writes, verdicts } of judged) {
    if (isOwnerNew) refreshInstance(store, instance)
    if (isOwnerNew && !renamed.has(instance)) {
      renamed.add(instance)
      findings.markStale(store, { instance })
      continue
    }
    for (const each of ended) endException(store, { ...each })
    for (const write of writes) keepFinding(store, now, instance, write)
    if (verdicts !== null) findings.keepVerdicts(store, { instance, at: now, ...verdicts })
    // Whatever marked it meanwhile was this very writing.
    findings.clearStale(store, { instance })
    // A query that narrows a rule may ask for the owner: the next look sees the new one.
    if (isOwnerNew) findings.markStale(store, { instance })
  }
}

function keepFinding(store: WritableStore, now: number, instance: number, write: FindingWrite): void {
  const { rule, part, written, isMoved } = write
  const id = write.id ?? findings.addFinding(store, { rule, instance, part, ...written }).id
  if (write.id !== null) findings.updateFinding(store, { id, ...written })
  if (!isMoved) return
  const { status, reason } = written
  findings.addFindingEvent(store, { finding: id, at: now, status, reason, actor: null })
}
