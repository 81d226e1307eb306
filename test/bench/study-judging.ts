import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createEvaluation } from '#main/services/evaluation.ts'
import { loadPacks } from '#main/services/policies.ts'
import type { WritableStore } from '#main/store/statement.ts'
import { shippedAdvisories } from '../support/shipped-advisories.ts'
import { stopwatch, type TimeTaken } from './taken.ts'

/** Judges every instance by the shipped policies, as the program does after a scan. */
export async function judgeStudy(store: WritableStore, now: number): Promise<TimeTaken> {
  const pack = join(import.meta.dirname, '..', '..', 'resources', 'policies', 'baseline.json')
  const base = {
    store,
    now: () => now,
    randomBytes: (size: number) => randomBytes(size),
    about: { actor: 'bench' },
  }
  loadPacks(base, [readFileSync(pack, 'utf8')])
  const taken = stopwatch()
  const errors: unknown[] = []
  const log = { info: () => {}, error: (details: object) => void errors.push(details) }
  await createEvaluation({ ...base, advisories: shippedAdvisories, emit: () => {}, log, thread: null }).run()
  if (errors.length > 0) throw new Error('instances could not be judged', { cause: errors[0] })
  return taken()
}
