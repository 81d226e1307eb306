import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { dateOf } from '#shared/domain/instant.ts'
import { usualLife } from '../governance/finding-life.ts'
import { staleByExpiry } from '../store/exceptions.ts'
import * as findings from '../store/findings.ts'
import { transaction, type WritableStore } from '../store/statement.ts'
import type { Emit, Evaluation, Log } from './context.ts'
import { factCache } from './instance-facts.ts'
import { judgeInstances } from './judge-instance.ts'
import { ownershipBasis } from './ownership.ts'
import { readyRules } from './policies.ts'

interface Parts {
  readonly store: WritableStore
  readonly now: () => number
  readonly emit: Emit
  readonly log: Log
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

async function evaluate({ store, now, emit }: Parts, isClosing: () => boolean): Promise<void> {
  transaction(store, () => {
    findings.markAllStale(store, { all: 0 })
    findings.markDueStale(store, { now: now() })
    staleByExpiry(store, { today: dateOf(now()) })
  })
  if ((findings.countStale(store, {})?.count ?? 0) === 0) return
  const rules = readyRules(store)
  const basis = ownershipBasis(store, false)
  const cache = factCache()
  for (;;) {
    const due = findings.staleInstances(store, { limit: perTransaction })
    if (due.length === 0 || isClosing()) break
    transaction(store, () => {
      const ids = due.map(each => each.instance_id)
      judgeInstances({ store, now: now(), rules, basis, life: usualLife, cache }, ids)
      for (const instance of ids) findings.clearStale(store, { instance })
    })
    // Commands and calls come between.
    await yieldToOthers()
  }
  emit('data.changed', { version: now() })
}
