import { useMemo, useRef } from 'react'
import { parseQuery } from '#shared/query/parse.ts'
import { useDebounced } from '../components/use-debounced.ts'

/** The query as far as it can be read: while a mistake is in it, the one before. `waits`: it may still be being typed. */
export function useReadableQuery(written: string, waits = true): string {
  const rested = useDebounced(written, 150)
  const query = waits ? rested : written
  const last = useRef('')
  const isReadable = useMemo(() => parseQuery(query).ok, [query])
  if (isReadable) last.current = query
  return last.current
}
