import type { Probe } from '#shared/domain/probe.ts'
import type { Identity } from '#shared/domain/product.ts'
import { memoryOf, type ReadableStore, type WritableStore } from './statement.ts'
import { keepJson, keepText, readJson, readText } from './texts.ts'

/**
 * What was asked of an endpoint and what came of it, as it is kept with the endpoint: two kilobytes of which servers of one
 * kind have all but the sizes and durations in common. Numbers of seven bits a byte: that of the common text, then of each
 * answer its bytes and its duration in hundredths of a millisecond; then the paths that were drawn at random, a line each.
 */
export function keepProbes(store: WritableStore, probes: readonly Probe[]): Uint8Array {
  const paths = probes.flatMap(probe => (isRandom(probe) ? probe.request : [])).join('\n')
  const most = 5 * (1 + 2 * probes.length) + 3 * paths.length
  if (most > packed.length) packed = Buffer.alloc(2 * most)
  let end = packNumber(packed, 0, formOf(store, probes))
  for (const { bytes, durationMs } of probes) {
    end = packNumber(packed, end, bytes)
    end = packNumber(packed, end, Math.round(durationMs * 100))
  }
  end += packed.write(paths, end)
  return Buffer.from(packed.subarray(0, end))
}
let packed = Buffer.alloc(4096)

/** Writes a number below 2³⁵, the lowest bits first; returns where the next one goes. */
function packNumber(into: Buffer, at: number, value: number): number {
  let end = at
  let left = value
  for (; left > 127; left = Math.floor(left / 128)) into[end++] = (left % 128) | 128
  into[end++] = left
  return end
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

type Signals = Identity['signals']

export function keepSignals(store: WritableStore, signals: Signals): string {
  // As JSON it would take three times as long to write, each time anew. With its length, what was seen ends where it ends.
  let said = 'signals'
  for (const { name, points, saw } of signals) said += ` ${name} ${points} ${saw.length} ${saw}`
  const memory = memoryOf(store)
  const known = memory.get(said)
  if (known !== undefined) return String(known)
  const kept = keepJson(store, signals)
  memory.set(said, Number(kept))
  return kept
}

export function readSignals(store: ReadableStore, kept: string): Signals {
  return readJson(store, kept) as Signals
}
