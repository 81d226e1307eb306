import type { Probe } from '#shared/domain/probe.ts'
import type { Identity } from '#shared/domain/product.ts'
import type { ReadableStore, WritableStore } from './statement.ts'
import { keepJson, keepText, readJson, readText } from './texts.ts'

/**
 * What was asked of an endpoint and what came of it, as it is kept with the endpoint: two kilobytes of which servers of one
 * kind have all but the sizes and durations in common.
 */
export function keepProbes(store: WritableStore, probes: readonly Probe[]): string {
  const paths: string[] = []
  const common = probes.map(({ kind, about, request, status, failure, truncated }) => {
    const isRandom = kind.endsWith('unknown-path')
    if (isRandom) paths.push(request)
    return [kind, about, isRandom ? null : request, status, failure, truncated]
  })
  return JSON.stringify({
    of: keepText(store, JSON.stringify(common)),
    paths,
    bytes: probes.map(({ bytes }) => bytes),
    ms: probes.map(({ durationMs }) => durationMs),
  })
}

type Common = readonly [
  Probe['kind'],
  Probe['about'],
  string | null,
  Probe['status'],
  Probe['failure'],
  Probe['truncated'],
]

interface Kept {
  readonly of: number
  readonly paths: readonly string[]
  readonly bytes: readonly number[]
  readonly ms: readonly number[]
}

export function readProbes(store: ReadableStore, kept: string): Probe[] {
  // As files of earlier layouts have it.
  if (kept.startsWith('[')) return JSON.parse(kept)
  const { of, paths, bytes, ms }: Kept = JSON.parse(kept)
  let random = 0
  return (readText(store, of) as readonly Common[]).map(
    ([kind, about, request, status, failure, truncated], index) => ({
      ...{ kind, about, request: request ?? paths[random++] ?? '', status, failure, truncated },
      bytes: bytes[index] ?? 0,
      durationMs: ms[index] ?? 0,
    }),
  )
}

type Signals = Identity['signals']

export function keepSignals(store: WritableStore, signals: Signals): string {
  return keepJson(store, signals)
}

export function readSignals(store: ReadableStore, kept: string): Signals {
  return readJson(store, kept) as Signals
}
