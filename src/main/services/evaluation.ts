import { setImmediate as yieldToOthers } from 'node:timers/promises'
import type { EvaluationProgress } from '#shared/domain/evaluation.ts'
import { dateOf } from '#shared/domain/instant.ts'
import { usualLife } from '../governance/finding-life.ts'
import { lastAuditEntry } from '../store/audit-chain.ts'
import { staleByExpiry } from '../store/exceptions.ts'
import * as findings from '../store/findings.ts'
import { keepSetting, settingNamed } from '../store/settings.ts'
import { transaction, type WritableStore } from '../store/statement.ts'
import { countStaleTriage, staleTriage } from '../store/triage.ts'
import type { AdvisoryShelf } from './advisory-shelf.ts'
import type { Emit, Evaluation, Log } from './context.ts'
import { factCache } from './instance-facts.ts'
import { judgeInstances } from './judge-instance.ts'
import { ownershipBasis } from './ownership.ts'
import { readyRules } from './policies.ts'
import { keepTriage, triageInstances } from './triage-rows.ts'

interface Parts {
  readonly store: WritableStore
  readonly now: () => number
  readonly emit: Emit
  readonly log: Log
  readonly advisories: AdvisoryShelf
}

/** So many instances are one transaction: the writer holds nobody up for more than some 20 ms. */
const perTransaction = 50
/** So few are worth waiting for. */
const soonDone = 2000

/** Only instances of which something changed are looked at again. */
export function createEvaluation(parts: Parts): Evaluation {
  const { store, log } = parts
  let running: Promise<void> | null = null
  let closing = false
  const report = createReport(parts)
  const run = async () => {
    // Whoever asks while it runs wants what changed since to be looked at, too.
    while (running !== null) await running
    if (closing) return
    running = evaluate(parts, report, () => closing)
      .catch(error => log.error({ err: error }, 'instances could not be judged'))
      .finally(() => {
        running = null
        report.end()
      })
    await running
  }
  return {
    run,
    async catchUp() {
      const done = run()
      if (workLeft(store) <= soonDone) await done
    },
    async runAll() {
      transaction(store, () => findings.markAllStale(store, { all: 1 }))
      await run()
    },
    progress: report.last,
    async close() {
      closing = true
      while (running !== null) await running
    },
  }
}

/** Instances to be judged or to be placed in the queue of owners. */
function workLeft(store: WritableStore): number {
  return (findings.countStale(store, {})?.count ?? 0) + (countStaleTriage(store, {})?.count ?? 0)
}

interface Report {
  /** So much is left. */
  left(count: number): void
  end(): void
  last(): EvaluationProgress | null
}

/** Tells how far it is, now and then, where it takes long enough that somebody would ask. */
function createReport({ emit, now }: Parts): Report {
  let total = 0
  let toldAt = 0
  let last: EvaluationProgress | null = null
  return {
    left(count) {
      total = Math.max(total, count)
      if (total <= soonDone || now() - toldAt < 250) return
      toldAt = now()
      last = { done: total - count, total }
      emit('evaluation.progressed', last)
    },
    end() {
      if (last !== null) emit('evaluation.progressed', null)
      total = 0
      last = null
    },
    last: () => last,
  }
}

/** Works out who answers for instances where something about that changed. */
async function placeInQueue({ store, emit, now }: Parts, report: Report, isClosing: () => boolean) {
  let isNew = false
  let left = countStaleTriage(store, {})?.count ?? 0
  if (left === 0) return
  let basis = ownershipBasis(store, true)
  let entry = lastAuditEntry(store, {})?.id
  while (!isClosing()) {
    if (lastAuditEntry(store, {})?.id !== entry) {
      basis = ownershipBasis(store, true)
      entry = lastAuditEntry(store, {})?.id
    }
    const ids = staleTriage(store, { limit: perTransaction }).map(each => each.instance_id)
    if (ids.length === 0) break
    transaction(store, () => keepTriage(store, triageInstances(store, basis, ids)))
    isNew = true
    left -= ids.length
    report.left(left + (findings.countStale(store, {})?.count ?? 0))
    await yieldToOthers()
  }
  if (isNew) emit('data.changed', { version: now() })
}

async function evaluate(parts: Parts, report: Report, isClosing: () => boolean): Promise<void> {
  const { store, now, emit, advisories } = parts
  transaction(store, () => {
    findings.markAllStale(store, { all: 0 })
    findings.markDueStale(store, { now: now() })
    staleByExpiry(store, { today: dateOf(now()) })
    markAdvisedStale(store, advisories)
  })
  await placeInQueue(parts, report, isClosing)
  let left = findings.countStale(store, {})?.count ?? 0
  if (left === 0) return
  const read = () => ({
    entry: lastAuditEntry(store, {})?.id,
    rules: readyRules(store),
    basis: ownershipBasis(store, false),
    cache: factCache(store, advisories),
  })
  let common = read()
  for (;;) {
    // What was decided meanwhile counts for whatever is still to be judged.
    if (lastAuditEntry(store, {})?.id !== common.entry) common = read()
    const due = findings.staleInstances(store, { limit: perTransaction })
    if (due.length === 0 || isClosing()) break
    transaction(store, () => {
      const ids = due.map(each => each.instance_id)
      judgeInstances({ store, now: now(), ...common, life: usualLife }, ids)
      for (const instance of ids) findings.clearStale(store, { instance })
    })
    left -= due.length
    report.left(left)
    // Commands and calls come between.
    await yieldToOthers()
  }
  emit('data.changed', { version: now() })
}

const advisedBy = 'advisories-judged-by'

/** Another edition may say something else of every version. */
function markAdvisedStale(store: WritableStore, shelf: AdvisoryShelf): void {
  const { digest } = shelf.inForce(store).edition.about
  if (settingNamed(store, { name: advisedBy })?.value === digest) return
  findings.markAllStale(store, { all: 1 })
  keepSetting(store, { name: advisedBy, value: digest })
}
