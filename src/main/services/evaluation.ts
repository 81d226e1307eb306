import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { dateOf } from '#shared/domain/instant.ts'
import { derivingTransaction, withoutCheckpoints } from '../store/checkpoints.ts'
import {
  claimInstances,
  dropClaims,
  restoreClaims,
  staleAmong,
  staleTriageAmong,
  type Work,
} from '../store/claimed.ts'
import { staleByExpiry } from '../store/exceptions.ts'
import * as findings from '../store/findings.ts'
import { staleByOverride } from '../store/risks.ts'
import { keepSetting, settingNamed } from '../store/settings.ts'
import { transaction, type WritableStore } from '../store/statement.ts'
import { countStaleTriage, staleTriage } from '../store/triage.ts'
import type { AdvisoryShelf } from './advisory-shelf.ts'
import type { Emit, Evaluation, Log } from './context.ts'
import { dueMovesLeft, dueState, moveSomeDates } from './due-moves.ts'
import { createReport, type Report, soonDone } from './evaluation-report.ts'
import { createLook, type Found, type Look } from './judge-job.ts'
import type { JudgeThread } from './judge-thread.ts'
import { keepJudged } from './keep-judged.ts'
import { recordPoint } from './overview-points.ts'
import { keepTriage } from './triage-rows.ts'

interface Parts {
  readonly store: WritableStore
  readonly now: () => number
  readonly emit: Emit
  readonly log: Log
  readonly advisories: AdvisoryShelf
  /** null: everything is looked at in this thread. */
  readonly thread: JudgeThread | null
}

/** So many instances are one transaction where the writer looks at them itself. */
const perTransaction = 50
/** So much is one transaction, in findings: the writer holds nobody up for more than some 20 ms. */
const findingsPerTransaction = 1500
/** After so many questions the worker moves what was written into the file: 20 MB where everything is new. */
const perCheckpoint = 4
/** After so many it is waited for: only when nobody writes meanwhile does the log begin anew, and stays below 100 MB. */
const perPause = 16
/** So many are one question to the worker, which has the next one while the answer is written. */
const perJob = 500
/** So few are not worth a thread. */
const inThisThread = 300

/** Only instances of which something changed are looked at again. */
export function createEvaluation(parts: Parts): Evaluation {
  const { store, log } = parts
  let running: Promise<void> | null = null
  let closing = false
  const report = createReport(parts)
  const look = createLook(store, parts.advisories)
  const run = async () => {
    // Whoever asks while it runs wants what changed since to be looked at, too.
    while (running !== null) await running
    if (closing) return
    running = evaluate({ ...parts, report, look, isClosing: () => closing, renamed: new Set() })
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
      const left = countWork(store, 'judge') + countWork(store, 'place') + dueMovesLeft(store) / 10
      if (left <= soonDone) await done
    },
    async runAll() {
      transaction(store, () => findings.markAllStale(store, { all: 1 }))
      await run()
    },
    progress: report.last,
    async close() {
      closing = true
      while (running !== null) await running
      await parts.thread?.close()
    },
  }
}

interface Run extends Parts {
  readonly report: Report
  readonly look: Look
  readonly isClosing: () => boolean
  /** Instances queries have been told of another owner of. */
  readonly renamed: Set<number>
}

async function evaluate(run: Run): Promise<void> {
  const { store, now, emit, advisories } = run
  transaction(store, () => {
    restoreClaims(store)
    findings.markAllStale(store, { all: 0 })
    findings.markDueStale(store, { now: now() })
    staleByExpiry(store, { today: dateOf(now()) })
    staleByOverride(store, { today: dateOf(now()) })
    markAdvisedStale(store, advisories)
  })
  const moved = await moveDates(run)
  const done = (await workOff(run, 'place')) + (await workOff(run, 'judge')) + moved
  if (done > 0) transaction(store, () => findings.forgetFindingChanges(store, { most: changesKept }))
  if (done > 0) emit('data.changed', { version: now() })
  if (await recordPoint(run)) emit('data.changed', { version: now() })
}

/** Dates somebody decided to move go first: what is judged rests on them. Returns how many findings were looked at. */
async function moveDates({ store, isClosing }: Run): Promise<number> {
  const count = dueMovesLeft(store)
  while (dueMovesLeft(store) > 0 && !isClosing()) {
    moveSomeDates(store)
    await yieldToOthers()
  }
  return count
}

/** Does all that is to be done of one kind. Returns how much that was. */
async function workOff(run: Run, work: Work): Promise<number> {
  const count = countWork(run.store, work)
  if (count === 0) return 0
  const { thread } = run
  if (thread === null || count <= inThisThread) {
    await workHere(run, work)
    return count
  }
  try {
    await workThere({ ...run, thread }, work)
  } catch (error) {
    // Slower, and it holds others up; but it is done.
    run.log.error({ err: error }, 'the judging thread failed')
    transaction(run.store, () => restoreClaims(run.store))
    await workHere(run, work)
  }
  return count
}

/** Looks and writes in one transaction: nothing can come between. */
async function workHere(run: Run, work: Work): Promise<void> {
  const { store, now, look, isClosing } = run
  for (let isFirst = true; ; isFirst = false) {
    await moveDates(run)
    const ids = nextIds(store, work, perTransaction)
    if (ids.length === 0 || isClosing()) return
    derivingTransaction(store, () => keep(run, look({ work, ids, now: now(), isFirst })))
    tellLeft(run)
    // Commands and calls come between.
    await yieldToOthers()
  }
}

/**
 * Lets the worker look, and writes what it found. What is claimed is off the list: if anything about an instance changes
 * before the answer is written it is on the list again, the answer is dropped, and the instance is looked at once more.
 */
async function workThere(run: Run & { readonly thread: JudgeThread }, work: Work): Promise<void> {
  const { store, now, thread, isClosing } = run
  const ask = (isFirst: boolean) => {
    const ids = isClosing() ? [] : nextIds(store, work, perJob)
    if (ids.length === 0) return null
    derivingTransaction(store, () => claimInstances(store, work, ids))
    const found = thread.look({ work, ids, now: now(), isFirst })
    // Waited for below; until then a failure has nobody to go to.
    found.catch(() => {})
    return { ids, found }
  }
  await withoutCheckpoints(store, async () => {
    await moveDates(run)
    let current = ask(true)
    for (let count = 1; current !== null; count++) {
      const found = await current.found
      await moveDates(run)
      const next = ask(false)
      await write(run, work, current.ids, found)
      if (count % perPause === 0 || next === null) await thread.checkpoint()
      else if (count % perCheckpoint === 0) thread.checkpoint().catch(() => {}) // The next question fails, too.
      current = next ?? ask(false)
    }
  })
}

async function write(run: Run, work: Work, ids: readonly number[], found: Found) {
  const { store } = run
  for (const slice of slicesOf(ids, found)) {
    const some = new Set(slice)
    derivingTransaction(store, () => {
      const among = { ids: JSON.stringify(slice) }
      const changed = work === 'judge' ? staleAmong(store, among) : staleTriageAmong(store, among)
      for (const { instance_id } of changed) some.delete(instance_id)
      if (work === 'judge' && areDatesOld(store, found)) {
        for (const instance of some) findings.markStale(store, { instance })
        some.clear()
      }
      keep(run, {
        kinds: found.kinds,
        judged: found.judged.filter(({ instance }) => some.has(instance)),
        placed: found.placed.filter(({ instance }) => some.has(instance)),
      })
      dropClaims(store, among)
    })
    await yieldToOthers()
  }
  tellLeft(run)
}

/** What was found writes dates as they were read: another one may be right by now. */
function areDatesOld(store: WritableStore, { due }: Found): boolean {
  return dueMovesLeft(store) > 0 || due !== dueState(store)
}

/** Cuts instances into transactions by what there is to write about them. */
function* slicesOf(ids: readonly number[], { judged }: Found): Iterable<number[]> {
  const writes = new Map(
    judged.map(each => [each.instance, each.findings.length * 3 + (each.opened?.kinds.length ?? 0)]),
  )
  let [slice, count]: [number[], number] = [[], 0]
  for (const id of ids) {
    slice.push(id)
    count += alone + (writes.get(id) ?? 0)
    if (count < findingsPerTransaction) continue
    yield slice
    ;[slice, count] = [[], 0]
  }
  if (slice.length > 0) yield slice
}
/** What is written of an instance without findings takes as long as some of them. */
const alone = 15

function keep({ store, now, renamed }: Run, { judged, kinds, placed }: Omit<Found, 'due'>): void {
  if (judged.length > 0) keepJudged(store, now(), { judged, kinds }, renamed)
  if (placed.length > 0) keepTriage(store, placed)
}

function tellLeft({ store, report }: Run): void {
  report.left(countWork(store, 'judge') + countWork(store, 'place'))
}

function nextIds(store: WritableStore, work: Work, limit: number): number[] {
  const due = work === 'judge' ? findings.staleInstances(store, { limit }) : staleTriage(store, { limit })
  return due.map(each => each.instance_id)
}

function countWork(store: WritableStore, work: Work): number {
  return (work === 'judge' ? findings.countStale(store, {}) : countStaleTriage(store, {}))?.count ?? 0
}

/** Readers that are further behind read all findings anew, which takes them a second or two. */
const changesKept = 500_000

const advisedBy = 'advisories-judged-by'

/** Another edition may say something else of every version. */
function markAdvisedStale(store: WritableStore, shelf: AdvisoryShelf): void {
  const { digest } = shelf.inForce(store).edition.about
  if (settingNamed(store, { name: advisedBy })?.value === digest) return
  findings.markAllStale(store, { all: 1 })
  keepSetting(store, { name: advisedBy, value: digest })
}
