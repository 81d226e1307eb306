import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { RuleTest } from '#shared/domain/policy.ts'
import type { PreviewPiece } from '#shared/domain/rule-preview.ts'
import type { Failure, Result } from '#shared/result.ts'
import { useDebounced } from '../../components/use-debounced.ts'
import { useParts } from '../../data/parts.tsx'
import { now } from '../../format/clock.ts'

export interface Preview {
  /** What its cases say, and what is wrong with it; null: not known yet. */
  readonly test: RuleTest | null
  readonly instances: number
  readonly broken: number
  readonly unknown: number
  readonly times: number
  readonly since: string
  /** 0 to 1; null: nothing runs. */
  readonly share: number | null
  readonly isStopped: boolean
  readonly failure: Failure | null
}

const nothing = { test: null, instances: 0, broken: 0, unknown: 0, times: 0, failure: null }
const pastMs = 180 * 86_400_000
const perPiece = 500

/** What a rule would say, counted up piece by piece while it is being written. A new text or `stop` ends the old count. */
export function usePreview(
  written: string,
  scope: string,
): Preview & { stop: () => void; again: () => void } {
  const { client } = useParts()
  const text = useDebounced(written, 400)
  const query = useDebounced(scope, 400)
  const since = useMemo(() => new Date(now() - pastMs).toISOString(), [])
  const [turn, setTurn] = useState(0)
  const [state, setState] = useState<Omit<Preview, 'since'>>({ ...nothing, share: 0, isStopped: false })
  const giveUp = useRef<AbortController | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn begins anew
  useEffect(() => {
    const running = new AbortController()
    giveUp.current = running
    const ask = async (after: number) => {
      const request = { text, scope: query, after, since, limit: perPiece }
      return client.call('policy.preview', request, running.signal)
    }
    countUp(ask, state => running.signal.aborted || setState(state)).catch(
      () => running.signal.aborted || setState(last => ({ ...last, share: null })),
    )
    return () => running.abort()
  }, [client, text, query, since, turn])
  const stop = useCallback(() => {
    giveUp.current?.abort()
    setState(last => ({ ...last, share: null, isStopped: true }))
  }, [])
  return { ...state, since, stop, again: useCallback(() => setTurn(last => last + 1), []) }
}

type Sum = Omit<Preview, 'since'>

/** Asks piece by piece and tells each sum; whoever does not listen any more makes asking reject. */
async function countUp(
  ask: (after: number) => Promise<Result<PreviewPiece>>,
  tell: (sum: Sum) => unknown,
): Promise<void> {
  let sum: Sum = { ...nothing, share: 0, isStopped: false }
  let seen = 0
  for (let after: number | null = 0; after !== null; ) {
    const piece: Result<PreviewPiece> = await ask(after)
    if (!piece.ok) return void tell({ ...sum, failure: piece.failure, share: null })
    seen += perPiece
    sum = added(sum, piece.value, seen)
    tell(sum)
    after = piece.value.next
  }
}

function added(
  sum: Sum,
  { test, instances, broken, unknown, times, next, total }: PreviewPiece,
  seen: number,
): Sum {
  return {
    ...sum,
    test,
    instances: sum.instances + instances,
    broken: sum.broken + broken,
    unknown: sum.unknown + unknown,
    times: sum.times + times,
    share: next === null ? null : Math.min(1, seen / Math.max(1, total)),
  }
}
