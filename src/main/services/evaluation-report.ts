import type { EvaluationProgress } from '#shared/domain/evaluation.ts'
import type { Emit } from './context.ts'

/** So few are worth waiting for, and not worth telling of. */
export const soonDone = 2000

export interface Report {
  /** So much is left. */
  left(count: number): void
  end(): void
  last(): EvaluationProgress | null
}

/** Tells how far it is, now and then, where it takes long enough that somebody would ask. */
export function createReport({ emit, now }: { readonly emit: Emit; readonly now: () => number }): Report {
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
