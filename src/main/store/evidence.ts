import type { Probe } from '#shared/domain/probe.ts'
import type { Identity } from '#shared/domain/product.ts'
import { memoryOf, type ReadableStore, type WritableStore } from './statement.ts'
import { keepJson, keepText, readJson, readText } from './texts.ts'

/**
 * What was asked of an endpoint and what came of it, as it is kept with the endpoint: two kilobytes of which servers of one
 * kind have all but the sizes and durations in common.
 */
export function keepProbes(store: WritableStore, probes: readonly Probe[]): string {
  const paths = JSON.stringify(probes.flatMap(probe => (isRandom(probe) ? probe.request : [])))
  const bytes = probes.map(probe => probe.bytes).join()
  const ms = probes.map(probe => probe.durationMs).join()
  return `{"of":${formOf(store, probes)},"paths":${paths},"bytes":[${bytes}],"ms":[${ms}]}`
}

/** What a visit has in common with others: the number of its text, and a visit it is the text of. */
interface Form {
  readonly of: number
  readonly probes: readonly Probe[]
}

const forms = new WeakMap<object, Form[]>()
/** Servers of some versions, with and without a front: few, one after the other. */
const mostForms = 16

function formOf(store: WritableStore, probes: readonly Probe[]): number {
  const memory = memoryOf(store)
  const known = forms.get(memory) ?? []
  forms.set(memory, known)
  const at = known.findIndex(form => isAlike(form.probes, probes))
  const form = known[at] ?? { of: keepText(store, JSON.stringify(probes.map(commonOf))), probes }
  // The one that was met last comes first.
  if (at > 0) known.splice(at, 1)
  if (at !== 0) known.unshift(form)
  if (known.length > mostForms) known.pop()
  return form.of
}

function isRandom({ kind }: Probe): boolean {
  return kind.endsWith('unknown-path')
}

function commonOf(probe: Probe): Common {
  const { kind, about, request, status, failure, truncated } = probe
  return [kind, about, isRandom(probe) ? null : request, status, failure, truncated]
}

function isAlike(some: readonly Probe[], others: readonly Probe[]): boolean {
  return (
    some.length === others.length &&
    some.every((probe, index) => {
      const other = others[index]
      return (
        other !== undefined &&
        probe.kind === other.kind &&
        probe.status === other.status &&
        probe.about === other.about &&
        (probe.request === other.request || isRandom(probe)) &&
        probe.failure === other.failure &&
        probe.truncated === other.truncated
      )
    })
  )
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
