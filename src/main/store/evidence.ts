import type { Probe } from '#shared/domain/probe.ts'
import type { Identity } from '#shared/domain/product.ts'
import { type Common, type PackedProbes, packNumber } from './pack-evidence.ts'
import type { ReadableStore, WritableStore } from './statement.ts'
import { keepText, readJson, readText } from './texts.ts'

/** Probes as they are kept with the endpoint: the number of their common text, packed like their figures, then those. */
export function keepProbes(store: WritableStore, { form, figures }: PackedProbes): Uint8Array {
  const number = packNumber(front, 0, keepText(store, form))
  const kept = Buffer.allocUnsafe(number + figures.length)
  kept.set(front.subarray(0, number))
  kept.set(figures, number)
  return kept
}
const front = new Uint8Array(8)

interface Kept {
  readonly of: number
  readonly paths: readonly string[]
  readonly bytes: readonly number[]
  readonly ms: readonly number[]
}

export function readProbes(store: ReadableStore, kept: string | Uint8Array): Probe[] {
  if (typeof kept !== 'string') return unpackProbes(store, kept)
  // As files of earlier layouts have it.
  if (kept.startsWith('[')) return JSON.parse(kept)
  const { of, paths, bytes, ms }: Kept = JSON.parse(kept)
  return probesOf(store, of, paths, at => [bytes[at] ?? 0, ms[at] ?? 0])
}

function unpackProbes(store: ReadableStore, kept: Uint8Array): Probe[] {
  let at = 0
  const next = () => {
    let value = 0
    for (let unit = 1; ; unit *= 128) {
      const byte = kept[at++] ?? 0
      value += (byte & 127) * unit
      if (byte < 128) return value
    }
  }
  const of = next()
  const figures = (readText(store, of) as readonly Common[]).map(() => [next(), next() / 100] as const)
  const paths = Buffer.from(kept.subarray(at)).toString().split('\n')
  return probesOf(store, of, paths, index => figures[index] ?? [0, 0])
}

function probesOf(
  store: ReadableStore,
  of: number,
  paths: readonly string[],
  figuresOf: (at: number) => readonly [bytes: number, durationMs: number],
): Probe[] {
  let random = 0
  return (readText(store, of) as readonly Common[]).map(
    ([kind, about, request, status, failure, truncated], at) => {
      const [bytes, durationMs] = figuresOf(at)
      const asked = request ?? paths[random++] ?? ''
      return { kind, about, request: asked, status, failure, truncated, bytes, durationMs }
    },
  )
}

/** How something was recognised, by the number of its text. */
export function keepSignals(store: WritableStore, signals: string): string {
  return String(keepText(store, signals))
}

export function readSignals(store: ReadableStore, kept: string): Identity['signals'] {
  return readJson(store, kept) as Identity['signals']
}
