import type { RunningModel } from '#shared/domain/model.ts'
import type { Probe } from '#shared/domain/probe.ts'

/**
 * What was asked of an endpoint and what came of it: two kilobytes of which servers of one kind have all but the sizes and
 * durations in common.
 */
export interface PackedProbes {
  /** What they have in common, as text. */
  readonly form: string
  /**
   * Numbers of seven bits a byte: of each answer its bytes and its duration in hundredths of a millisecond; then the paths
   * that were drawn at random, a line each.
   */
  readonly figures: Uint8Array
}

export type Common = readonly [
  Probe['kind'],
  Probe['about'],
  string | null,
  Probe['status'],
  Probe['failure'],
  Probe['truncated'],
]

export function packProbes(probes: readonly Probe[]): PackedProbes {
  const paths = probes.flatMap(probe => (isRandom(probe) ? probe.request : [])).join('\n')
  const most = 5 * 2 * probes.length + 3 * paths.length
  if (most > packed.length) packed = Buffer.alloc(2 * most)
  let end = 0
  for (const { bytes, durationMs } of probes) {
    end = packNumber(packed, end, bytes)
    end = packNumber(packed, end, Math.round(durationMs * 100))
  }
  end += packed.write(paths, end)
  return { form: formOf(probes), figures: Uint8Array.from(packed.subarray(0, end)) }
}
let packed = Buffer.alloc(4096)

/** Writes a number below 2³⁵, the lowest bits first; returns where the next one goes. */
export function packNumber(into: Uint8Array, at: number, value: number): number {
  let end = at
  let left = value
  for (; left > 127; left = Math.floor(left / 128)) into[end++] = (left % 128) | 128
  into[end++] = left
  return end
}

/** Which models were in memory, as text. */
export function packRunning(running: readonly RunningModel[] | null): string | null {
  if (running === null) return null
  return running.length === 0 ? '[]' : JSON.stringify(running)
}

/** A text, and a visit it is the text of. */
interface Form {
  readonly text: string
  readonly probes: readonly Probe[]
}

const forms: Form[] = []
/** Servers of some versions, with and without a front: few, one after the other. */
const mostForms = 16

function formOf(probes: readonly Probe[]): string {
  const at = forms.findIndex(form => isAlike(form.probes, probes))
  const form = forms[at] ?? { text: JSON.stringify(probes.map(commonOf)), probes }
  // The one that was met last comes first.
  if (at > 0) forms.splice(at, 1)
  if (at !== 0) forms.unshift(form)
  if (forms.length > mostForms) forms.pop()
  return form.text
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
