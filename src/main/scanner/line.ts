import type { Certificate } from '#shared/domain/certificate.ts'
import type { Target } from '#shared/domain/observation.ts'
import type { AskFailure, Probe, ProbeKind } from '#shared/domain/probe.ts'
import { type BuiltRequest, buildRequest, type Proven, type Subject } from './allow-list.ts'
import { type Answer, codeOf, type Unanswered, unanswered } from './answer.ts'
import { limits, patienceFor } from './limits.ts'
import type { Turns } from './turns.ts'

/** An open conversation with one target: questions from the allow-list, at most two at a time, all under one deadline. */
export interface Line {
  readonly target: Target
  /** Below which path the questions are asked: '' or `/ollama`. */
  readonly basePath: string
  /** `patienceMs`: less than the usual limit, where that is known to be enough. */
  ask(kind: ProbeKind, subject?: Subject, patienceMs?: number): Promise<Answer>
  /** Shakes hands. Whether the target speaks TLS: every later question then goes over TLS. */
  secure(patienceMs?: number): Promise<boolean>
  /** What the handshake showed; null: in clear text. */
  readonly certificate: Certificate | null
  /** Says what the endpoint has been shown to be, which opens the second stage of the allow-list. */
  prove(proven: Proven): void
  /** Every question asked so far with its outcome. */
  readonly probes: readonly Probe[]
  close(): void
}

/** What `dial.ts` lends to a line: bytes go out through nothing else, and every connection passes its checks. */
export interface Wire {
  send(kind: ProbeKind, built: BuiltRequest, deadlineMs: number): Promise<Answer>
  secure(deadlineMs: number): Promise<Certificate | Error>
  close(): void
}

interface LineOptions {
  readonly monotonic: () => number
  /** One host may be visited on several ports at once: the limit is per address. */
  readonly turns: Turns
}

export function createLine(target: Target, wire: Wire, { monotonic, turns }: LineOptions): Line {
  const started = monotonic()
  const probes: Probe[] = []
  let proven: Proven | null = null
  let answersBelow = false
  let certificate: Certificate | null = null
  /** Does something with the host when it is its turn, in what is left of its time; null: there is none left. */
  const inTurn = <T>(patienceMs: number, work: (deadlineMs: number) => Promise<T>) =>
    turns.take(target.address, async () => {
      const deadlineMs = Math.min(patienceMs, limits.hostMs - (monotonic() - started))
      return deadlineMs > 0 ? await work(deadlineMs) : null
    })
  return {
    target,
    basePath: '',
    probes,
    get certificate() {
      return certificate
    },
    prove(shown) {
      proven = shown
    },
    async ask(kind, subject = {}, patienceMs = patienceFor(kind)) {
      const built = buildRequest(kind, subject, proven, answersBelow)
      if (built === null) return notSent('not-allowed')
      const answer =
        (await inTurn(patienceMs, deadlineMs => wire.send(kind, built, deadlineMs))) ?? notSent('timed-out')
      probes.push(probeOf(kind, built, subject, answer))
      if (kind === 'prefixed-version') answersBelow = answer.ok && answer.status !== 404
      return answer
    },
    async secure(patienceMs = limits.handshakeMs) {
      const begun = monotonic()
      const shown = await inTurn(patienceMs, deadlineMs => wire.secure(deadlineMs))
      const durationMs = monotonic() - begun
      if (shown === null || shown instanceof Error) {
        probes.push(handshakeProbe(null, failureOf(shown), durationMs))
        return false
      }
      certificate = shown
      probes.push(handshakeProbe(shown, null, durationMs))
      return true
    },
    close: wire.close,
  }
}

function notSent(failure: AskFailure): Unanswered {
  return { ok: false, failure, firstBytes: null, durationMs: 0 }
}

/** OpenSSL's many words for "what came back was no TLS", and for a handshake it will not finish. */
function failureOf(error: Error | null): AskFailure {
  if (error === null) return 'timed-out'
  return /^(ERR_SSL_|EPROTO$|ERR_OSSL_)/.test(codeOf(error)) ? 'no-tls' : unanswered(error, 0).failure
}

function probeOf(kind: ProbeKind, built: BuiltRequest, subject: Subject, answer: Answer): Probe {
  return {
    kind,
    about: subject.model?.name ?? built.header?.join(': ') ?? null,
    request: `${built.method} ${built.path}`,
    status: answer.ok ? answer.status : null,
    failure: answer.ok ? null : answer.failure,
    truncated: answer.ok && answer.truncated,
    bytes: answer.ok ? answer.body.length : 0,
    durationMs: round(answer.durationMs),
  }
}

function handshakeProbe(shown: Certificate | null, failure: AskFailure | null, durationMs: number): Probe {
  const about = shown === null ? null : `${shown.protocol ?? 'TLS'}, SHA-256 ${shown.fingerprint}`
  return {
    kind: 'tls',
    about,
    request: 'TLS handshake',
    status: null,
    failure,
    truncated: false,
    bytes: 0,
    durationMs: round(durationMs),
  }
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10
}
