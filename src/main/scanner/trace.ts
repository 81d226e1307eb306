import { formatAddressPort } from '#shared/domain/address.ts'
import type { Considered, TargetTrace } from '#shared/domain/explanation.ts'
import type { Target } from '#shared/domain/observation.ts'
import type { Probe, TargetOutcome } from '#shared/domain/probe.ts'
import type { Dial } from './dial.ts'

/** Notes everything that is sent and answered, target by target: for scans that explain themselves. */
export interface Tracer {
  /** The same dial, watched. */
  readonly dial: Dial
  readonly consider: (target: Target, considered: readonly Considered[]) => void
  traces(): TargetTrace[]
}

interface Trace {
  readonly target: Target
  outcome: TargetOutcome
  reason: string | null
  /** The lists that the lines to the target keep. */
  readonly lines: (readonly Probe[])[]
  readonly considered: Considered[]
}

export function createTracer(dial: Dial): Tracer {
  const traces = new Map<string, Trace>()
  const traceOf = (target: Target) => {
    const key = formatAddressPort(target.address, target.port)
    const blank: Trace = { target, outcome: 'notReached', reason: null, lines: [], considered: [] }
    const trace = traces.get(key) ?? blank
    traces.set(key, trace)
    return trace
  }
  return {
    dial: {
      requests: dial.requests,
      async open(target, patienceMs) {
        const opened = await dial.open(target, patienceMs)
        const trace = traceOf(target)
        if (opened.outcome === 'answered') trace.lines.push(opened.line.probes)
        // Nothing was sent: it comes again.
        if (opened.outcome !== 'exhausted' && trace.outcome !== 'answered') trace.outcome = opened.outcome
        trace.reason = opened.outcome === 'answered' ? trace.reason : opened.reason
        return opened
      },
      async reverse(target) {
        const asked = await dial.reverse(target)
        if (asked !== null) traceOf(target).lines.push([asked.probe])
        return asked
      },
    },
    consider: (target, considered) => void traceOf(target).considered.push(...considered),
    traces: () => [...traces.values()].map(told),
  }
}

function told({ target, outcome, reason, lines, considered }: Trace): TargetTrace {
  const questions = lines.flat()
  const roots = questions.filter(({ kind }) => kind === 'root')
  // It took the connection, and nothing came of it.
  const isMute =
    outcome === 'answered' &&
    roots.length > 0 &&
    roots.every(({ status, failure }) => status === null && failure !== 'malformed')
  return { ...target, outcome: isMute ? 'failed' : outcome, reason, questions, considered }
}

/** One target may be visited by one worker and asked for details by another: what each has noted, in one. */
export function mergeTraces(workers: Iterable<readonly TargetTrace[]>): TargetTrace[] {
  const merged = new Map<string, TargetTrace>()
  const isVisit = (trace: TargetTrace) => trace.questions.some(({ kind }) => kind === 'root')
  const visitsFirst = [...workers].flat().sort((a, b) => Number(isVisit(b)) - Number(isVisit(a)))
  for (const trace of visitsFirst) {
    const key = formatAddressPort(trace.address, trace.port)
    const known = merged.get(key)
    merged.set(
      key,
      known === undefined ? trace : { ...known, questions: [...known.questions, ...trace.questions] },
    )
  }
  return [...merged.values()].sort((a, b) => a.port - b.port)
}
