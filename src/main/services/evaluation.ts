import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { dateOf } from '#shared/domain/instant.ts'
import { usualLife } from '../governance/finding-life.ts'
import { lastAuditEntry } from '../store/audit-chain.ts'
import { staleByExpiry } from '../store/exceptions.ts'
import * as findings from '../store/findings.ts'
import { staleByOverride } from '../store/risks.ts'
import { keepSetting, settingNamed } from '../store/settings.ts'
import { transaction, type WritableStore } from '../store/statement.ts'
import type { AdvisoryShelf } from './advisory-shelf.ts'
import type { Emit, Evaluation, Log } from './context.ts'
import { factCache } from './instance-facts.ts'
import { judgeInstances } from './judge-instance.ts'
import { recordPoint } from './overview-points.ts'
import { ownershipBasis } from './ownership.ts'
import { readyRules } from './policies.ts'

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
  const run = async () => {
    // Whoever asks while it runs wants what changed since to be looked at, too.
    while (running !== null) await running
    if (closing) return
    running = evaluate(parts, () => closing)
      .catch(error => log.error({ err: error }, 'instances could not be judged'))
      .finally(() => {
        running = null
      })
    await running
  }
  return {
    run,
    async catchUp() {
      const done = run()
      if ((findings.countStale(store, {})?.count ?? 0) <= soonDone) await done
    },
    async runAll() {
      transaction(store, () => findings.markAllStale(store, { all: 1 }))
      await run()
    },
    async close() {
      closing = true
      while (running !== null) await running
    },
  }
}

async function evaluate({ store, now, emit, advisories }: Parts, isClosing: () => boolean): Promise<void> {
  transaction(store, () => {
    findings.markAllStale(store, { all: 0 })
    findings.markDueStale(store, { now: now() })
    staleByExpiry(store, { today: dateOf(now()) })
    staleByOverride(store, { today: dateOf(now()) })
    markAdvisedStale(store, advisories)
  })
  if ((findings.countStale(store, {})?.count ?? 0) === 0) {
    recordPoint({ store, now })
    return
  }
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
    // Commands and calls come between.
    await yieldToOthers()
  }
  if (!isClosing()) recordPoint({ store, now })
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
