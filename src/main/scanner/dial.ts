import { Agent, type ClientRequest, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { type Address, formatAddressPort, parseAddress } from '#shared/domain/address.ts'
import { needsVantage } from '#shared/domain/address-kind.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { Target } from '#shared/domain/observation.ts'
import type { ScanPlan } from '#shared/domain/plan.ts'
import type { AskFailure, Probe, ProbeKind } from '#shared/domain/probe.ts'
import { isWindowOpen } from '#shared/domain/scan-window.ts'
import { type BuiltRequest, buildRequest, type Proven, type Subject } from './allow-list.ts'
import { type Answer, codeOf, readAnswer, type Unanswered, unanswered } from './answer.ts'
import type { Layout } from './layout.ts'
import { type Patience, waitFor } from './patience.ts'
import { createTurns, type Turns } from './turns.ts'

/**
 * The only place in Paddock that opens a socket to a target. Every safety rule of SECURITY.md is checked
 * here and cannot be forgotten by a caller: scope, exclusions, authorisation, vantage, the allow-list, caps, deadlines.
 */
export interface Dial {
  /** Opens one connection. Resolves, never rejects. */
  open(target: Target, patienceMs: Patience): Promise<Opened>
  /** Requests handed to the network so far, by kind. */
  readonly requests: ReadonlyMap<ProbeKind, number>
}

export type Opened =
  | { readonly outcome: 'answered'; readonly line: Line }
  | { readonly outcome: 'refused' | 'silent' | 'unreachable' | 'failed'; readonly reason: string }
  /** This machine has no socket or port left: nothing was sent. */
  | { readonly outcome: 'exhausted'; readonly reason: string }

/** An open conversation with one target: questions from the allow-list, at most two at a time, all under one deadline. */
export interface Line {
  readonly target: Target
  /** `patienceMs`: less than the usual limit, where that is known to be enough. */
  ask(kind: ProbeKind, subject?: Subject, patienceMs?: number): Promise<Answer>
  /** Says what the endpoint has been shown to be, which opens the second stage of the allow-list. */
  prove(proven: Proven): void
  /** Every question asked so far with its outcome. */
  readonly probes: readonly Probe[]
  close(): void
}

export interface DialOptions {
  readonly plan: Pick<ScanPlan, 'userAgent'>
  readonly layout: Layout
  readonly now: () => Instant
  /** Milliseconds on a clock that never jumps. */
  readonly monotonic: () => number
  /** The own network a packet to the address would leave through now. */
  readonly place: (address: Address) => string | null
  readonly signal: AbortSignal
}

/**
 * Limits per question and per host. A list may take long: the first `tags` of Ollama ≥ 0.30 fills a cache (10–15 s). The
 * first page never does, so a port that takes connections and says nothing costs no more than that.
 */
const limits = {
  /** A further connection to a host that has just answered one. */
  reconnectMs: 3_000,
  firstPageMs: 5_000,
  questionMs: 10_000,
  listMs: 15_000,
  hostMs: 60_000,
  headerBytes: 16_384,
  bodyBytes: 262_144,
  listBytes: 4 * 1024 * 1024,
  showBytes: 8 * 1024 * 1024,
  inFlight: 2,
} as const

interface OpenOptions extends DialOptions {
  /** Every connection there is: a stop ends them all. (A listener on the signal for each would be slow to take off.) */
  readonly sockets: Set<Socket>
}

export function createDial(given: DialOptions): Dial {
  const requests = new Map<ProbeKind, number>()
  const turns = createTurns(limits.inFlight)
  const options = { ...given, sockets: new Set<Socket>() }
  given.signal.addEventListener('abort', () => {
    for (const socket of options.sockets) socket.destroy(withCode('ABORT_ERR'))
  })
  return {
    requests,
    async open(target, patienceMs) {
      const refusal = refusalOf(target, options)
      if (refusal !== null) return { outcome: 'failed', reason: refusal }
      const opened = await openSocket(target, patienceMs, options)
      if (!(opened instanceof Error)) {
        return { outcome: 'answered', line: createLine(target, opened, { ...options, requests, turns }) }
      }
      return { outcome: outcomeOf(opened), reason: codeOf(opened) || opened.message }
    },
  }
}

/** Why nothing may be sent there at this moment, or null. */
function refusalOf(target: Target, { layout, now, place, signal }: DialOptions): string | null {
  if (signal.aborted) return 'stopped'
  const address = parseAddress(target.address)
  if (address === null) return 'outside'
  const permit = layout.permit(address, target.port)
  if (permit === 'outside' || permit === 'excluded') return permit
  if (now() >= permit.validBefore) return 'authorisation-expired'
  if (!isWindowOpen(permit.windows, now())) return 'window-closed'
  if (!needsVantage({ first: address, last: address })) return null
  return permit.place === null || place(address) !== permit.place ? 'vantage-changed' : null
}

function openSocket(target: Target, patienceMs: Patience, options: OpenOptions): Promise<Socket | Error> {
  const { sockets, monotonic } = options
  return new Promise(resolve => {
    const socket = connect({
      host: target.address,
      port: target.port,
      autoSelectFamily: false,
      noDelay: true,
    })
    const settle = (result: Socket | Error) => {
      endWait()
      if (result instanceof Error) socket.destroy()
      resolve(result)
    }
    const endWait = waitFor(patienceMs, monotonic, () => settle(silence))
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', settle)
    socket.once('connect', () => {
      // A free port in the ephemeral range can be met by the very connection that asks for it (TCP simultaneous open).
      const isSelf = socket.localPort === target.port && socket.localAddress === target.address
      settle(isSelf ? ownEcho : socket)
    })
  })
}

function withCode(code: string): Error {
  return Object.assign(new Error(code), { code })
}

// Made once: an Error notes where it comes from, and silence is what most of a network answers with.
const silence = withCode('ETIMEDOUT')
const ownEcho = withCode('ECONNREFUSED')

const outcomes: Readonly<Record<string, 'refused' | 'silent' | 'unreachable'>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'silent',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  ENONET: 'unreachable',
}

/** Too many files, buffers or ports in use here: `EADDRNOTAVAIL` is what Linux says when every local port is taken. */
const exhaustion = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL', 'EAGAIN'])

function outcomeOf(error: Error): Exclude<Opened['outcome'], 'answered'> {
  if (exhaustion.has(codeOf(error))) return 'exhausted'

  return outcomes[codeOf(error)] ?? 'failed'
}

interface LineOptions extends OpenOptions {
  readonly requests: Map<ProbeKind, number>
  /** One host may be visited on several ports at once: the limit is per address. */
  readonly turns: Turns
}

function createLine(target: Target, first: Socket, options: LineOptions): Line {
  const { requests, turns, monotonic } = options
  const started = monotonic()
  const probes: Probe[] = []
  const agent = createAgent(target, first, options)
  let proven: Proven | null = null
  return {
    target,
    probes,
    prove(shown) {
      proven = shown
    },
    async ask(kind, subject = {}, patienceMs = patienceFor(kind)) {
      const built = buildRequest(kind, subject, proven)
      if (built === null) return notSent('not-allowed')
      const count = () => requests.set(kind, (requests.get(kind) ?? 0) + 1)
      const answer = await turns.take(target.address, async () => {
        const deadlineMs = Math.min(patienceMs, limits.hostMs - (monotonic() - started))
        return deadlineMs > 0
          ? send({ target, kind, built, agent, deadlineMs, count }, options)
          : notSent('timed-out')
      })
      probes.push(probeOf(kind, built, subject, answer))
      return answer
    },
    close() {
      agent.destroy()
      first.destroy()
    },
  }
}

function notSent(failure: AskFailure): Unanswered {
  return { ok: false, failure, firstBytes: null, durationMs: 0 }
}

/** Keeps one connection for the next question; every further one passes the same checks as the first. */
function createAgent(target: Target, first: Socket, options: OpenOptions): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: limits.inFlight, maxFreeSockets: 1 })
  let unused: Socket | null = first
  agent.createConnection = (_request, callback) => {
    const socket = unused
    unused = null
    if (socket !== null && !socket.destroyed) return socket
    const hand = (error: Error | null, opened?: Socket) => callback?.(error, opened as Socket)
    const refusal = refusalOf(target, options)
    if (refusal !== null) hand(withCode('OUT_OF_SCOPE'))
    else
      openSocket(target, limits.reconnectMs, options).then(opened =>
        opened instanceof Error ? hand(opened) : hand(null, opened),
      )
    return undefined
  }
  return agent
}

interface Question {
  readonly target: Target
  readonly kind: ProbeKind
  readonly built: BuiltRequest
  readonly agent: Agent
  readonly deadlineMs: number
  readonly count: () => void
}

function send(question: Question, options: DialOptions): Promise<Answer> {
  const started = options.monotonic()
  const elapsed = () => options.monotonic() - started
  return new Promise(resolve => {
    const asked = openRequest(question, options)
    const settle = (answer: Answer) => {
      clearTimeout(timer)
      resolve(answer)
    }
    const timer = setTimeout(() => {
      // Settle first: what the broken-off connection reports afterwards is no longer of interest.
      settle({ ok: false, failure: 'timed-out', firstBytes: null, durationMs: elapsed() })
      asked.destroy()
    }, question.deadlineMs)
    asked.on('finish', question.count)
    asked.on('error', error => settle(unanswered(error, elapsed())))
    // Nobody asked for another protocol; without a listener the connection would only fall silent.
    asked.on('upgrade', (_response, socket) => {
      settle(unanswered(withCode('HPE_UPGRADE'), elapsed()))
      socket.destroy()
    })
    asked.on('response', response => readAnswer(response, capOf(question.kind), elapsed).then(settle))
    asked.end(question.built.body ?? undefined)
  })
}

function openRequest({ target, built, agent }: Question, { plan }: DialOptions): ClientRequest {
  const bodyHeaders =
    built.body === null
      ? []
      : ['Content-Type', 'application/json', 'Content-Length', String(Buffer.byteLength(built.body))]
  const host = built.header?.[0] === 'Host' ? built.header[1] : formatAddressPort(target.address, target.port)
  const extra = built.header === null || built.header[0] === 'Host' ? [] : [...built.header]
  return request({
    agent,
    host: target.address,
    port: target.port,
    method: built.method,
    path: built.path,
    maxHeaderSize: limits.headerBytes,
    setHost: false,
    headers: ['Host', host, 'User-Agent', plan.userAgent, 'Accept', '*/*', ...extra, ...bodyHeaders],
  })
}

function patienceFor(kind: ProbeKind): number {
  if (kind === 'root') return limits.firstPageMs
  return kind === 'tags' || kind === 'v1-models' ? limits.listMs : limits.questionMs
}

function capOf(kind: ProbeKind): number {
  if (kind === 'show') return limits.showBytes
  return kind === 'tags' || kind === 'ps' || kind === 'v1-models' ? limits.listBytes : limits.bodyBytes
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
    durationMs: Math.round(answer.durationMs * 10) / 10,
  }
}
