import { keepPreviousData, type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { InputOf, NamesOf, OutputOf } from '#shared/ipc/channel.ts'
import type { Contract } from '#shared/ipc/contract.ts'
import type { Failure, Result } from '#shared/result.ts'
import { useParts } from './parts.tsx'

type ReadChannel = NamesOf<Contract, 'query'> | NamesOf<Contract, 'state'>
type CommandChannel = NamesOf<Contract, 'command'>

/** Something that was asked: on its way, there, refused with its reason, or broken by a bug. */
export interface Read<T> {
  readonly data: T | undefined
  readonly failure: Failure | null
  /** A bug: its message. */
  readonly error: string | null
  /** What is shown is the answer to an earlier question. */
  readonly isOld: boolean
  readonly retry: () => void
}

interface ReadOptions {
  /** false: not asked (yet). */
  readonly enabled?: boolean
  /** Shows the previous answer until this one comes. */
  readonly keepPrevious?: boolean
  readonly refetchEveryMs?: number
}

/** Reads a channel. Asked again whenever the data changes; given up when nobody wants the answer any more. */
export function useRead<K extends ReadChannel>(
  channel: K,
  input: InputOf<Contract, K>,
  { enabled = true, keepPrevious = false, refetchEveryMs }: ReadOptions = {},
): Read<OutputOf<Contract, K>> {
  const { client } = useParts()
  const query = useQuery({
    queryKey: [channel, input],
    queryFn: ({ signal }) => client.call(channel, input, signal),
    enabled,
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...(refetchEveryMs === undefined ? {} : { refetchInterval: refetchEveryMs }),
  })
  const result = query.data
  return {
    data: result?.ok === true ? result.value : undefined,
    failure: result?.ok === false ? result.failure : null,
    error: query.error?.message ?? null,
    isOld: query.isPlaceholderData,
    retry: () => void query.refetch(),
  }
}

export interface Command<K extends CommandChannel> {
  /** An expected failure is a value; a bug rejects. Afterwards everything on show is asked again. */
  run(input: InputOf<Contract, K>): Promise<Result<OutputOf<Contract, K>>>
  readonly isRunning: boolean
}

export function useCommand<K extends CommandChannel>(channel: K): Command<K> {
  const { client } = useParts()
  const queries = useQueryClient()
  const [isRunning, setRunning] = useState(false)
  const run = useCallback(
    async (input: InputOf<Contract, K>) => {
      setRunning(true)
      try {
        return await client.call(channel, input)
      } finally {
        setRunning(false)
        askAgain(queries)
      }
    },
    [client, channel, queries],
  )
  return { run, isRunning }
}

/** Everything on show is asked again; what is not on show, when it next is. */
export function askAgain(queries: QueryClient): void {
  void queries.invalidateQueries()
}

/** The same but for what is on its way: it waits for the backend that has just become ready. */
export function askUnanswered(queries: QueryClient): void {
  void queries.invalidateQueries({}, { cancelRefetch: false })
}
