import { useCallback, useEffect, useRef, useState } from 'react'
import type { AuditEntry } from '#shared/domain/audit.ts'
import type { InputOf } from '#shared/ipc/channel.ts'
import type { Contract } from '#shared/ipc/contract.ts'
import type { Failure } from '#shared/result.ts'
import { useNow } from '../../components/use-now.ts'
import { useParts } from '../../data/parts.tsx'
import { type AuditRoute, type AuditSpan, formatAudit } from '../../state/audit-route.ts'

export type AuditFilter = Omit<InputOf<Contract, 'audit.list'>, 'limit' | 'before' | 'mostChanges'>

export interface AuditList {
  readonly filter: AuditFilter
  /** null: not loaded yet. */
  readonly entries: readonly AuditEntry[] | null
  readonly hasMore: boolean
  readonly failure: Failure | null
  readonly error: string | null
  readonly isLoading: boolean
  readonly more: () => void
  readonly reload: () => void
}

const pageSize = 100
const dayMs = 86_400_000
const spanMs: Readonly<Record<AuditSpan, number | null>> = {
  day: dayMs,
  week: 7 * dayMs,
  month: 30 * dayMs,
  all: null,
}

/** Entries that fit, the newest first, page after page. What comes meanwhile stands above and moves nothing. */
export function useAuditList(route: AuditRoute): AuditList {
  const { client } = useParts()
  const asked = useRef({ route, now: 0 })
  asked.current = { route, now: useNow() }
  const key = formatAudit({ ...route, entry: null })
  const [entries, setEntries] = useState<readonly AuditEntry[] | null>(null)
  const [state, setState] = useState<Pick<AuditList, 'hasMore' | 'failure' | 'error' | 'isLoading'>>(idle)
  const [turn, setTurn] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another key is another question
  const load = useCallback(
    async (before: number | null, signal: AbortSignal) => {
      setState(last => ({ ...last, isLoading: true, failure: null, error: null }))
      try {
        const page = await client.call(
          'audit.list',
          {
            ...filterOf(asked.current),
            limit: pageSize,
            mostChanges: 3,
            ...(before === null ? {} : { before }),
          },
          signal,
        )
        if (signal.aborted) return
        if (!page.ok) return setState({ ...idle, failure: page.failure })
        setEntries(known => (before === null ? page.value : [...(known ?? []), ...page.value]))
        setState({ ...idle, hasMore: page.value.length === pageSize })
      } catch (error) {
        if (!signal.aborted) setState({ ...idle, error: String(error) })
      }
    },
    [client, key],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks the same again
  useEffect(() => {
    const giveUp = new AbortController()
    void load(null, giveUp.signal)
    return () => giveUp.abort()
  }, [load, turn])
  return {
    filter: filterOf(asked.current),
    entries,
    ...state,
    more: () => {
      const last = entries?.at(-1)
      if (last !== undefined) void load(last.id, new AbortController().signal)
    },
    reload: () => setTurn(last => last + 1),
  }
}

const idle = { hasMore: false, failure: null, error: null, isLoading: false }

interface Asked {
  readonly route: AuditRoute
  readonly now: number
}

function filterOf({ route, now }: Asked): AuditFilter {
  const { text, actor, command, subject, outcome, span } = route
  const since = spanMs[span]
  return {
    ...(text === '' ? {} : { text }),
    ...(actor === '' ? {} : { actor }),
    ...(command === '' ? {} : { command }),
    ...(subject === '' ? {} : { subject }),
    ...(outcome === null ? {} : { outcome }),
    ...(since === null ? {} : { since: new Date(now - since).toISOString() as never }),
  }
}
