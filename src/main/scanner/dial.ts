import { Agent, type ClientRequest, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { connect as connectTls, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls'
import { type Address, formatAddressPort, parseAddress } from '#shared/domain/address.ts'
import { needsVantage } from '#shared/domain/address-kind.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { Target } from '#shared/domain/observation.ts'
import type { PlannedBlock, ScanPlan } from '#shared/domain/plan.ts'
import type { Probe, ProbeKind, SentKind } from '#shared/domain/probe.ts'
import { isWindowOpen } from '#shared/domain/scan-window.ts'
import type { BuiltRequest } from './allow-list.ts'
import { type Answer, codeOf, readAnswer, unanswered } from './answer.ts'
import { readCertificate } from './certificate.ts'
import { outcomeOf } from './connect-outcome.ts'
import type { Layout } from './layout.ts'
import { capOf, limits } from './limits.ts'
import { createLine, type Line, type Wire } from './line.ts'
import { createNameServer, type NameServer, reverseProbe } from './name-server.ts'
import { type Patience, waitFor } from './patience.ts'
import { createTurns } from './turns.ts'

export type { Line } from './line.ts'

/**
 * The only place in Paddock that opens a socket to a target. Every safety rule of SECURITY.md is checked
 * here and cannot be forgotten by a caller: scope, exclusions, authorisation, vantage, the allow-list, caps, deadlines.
 */
export interface Dial {
  /** Opens one connection. Resolves, never rejects. */
  open(target: Target, patienceMs: Patience): Promise<Opened>
  /** The names of a target by reverse DNS; null: its site has not switched that on, or nothing may be sent now. */
  reverse(target: Target): Promise<{ readonly names: readonly string[] | null; readonly probe: Probe } | null>
  /** What was handed to the network so far, by kind. */
  readonly requests: ReadonlyMap<SentKind, number>
}

export type Opened =
  | { readonly outcome: 'answered'; readonly line: Line }
  | { readonly outcome: 'refused' | 'silent' | 'unreachable' | 'failed'; readonly reason: string }
  /** This machine has no socket or port left: nothing was sent. */
  | { readonly outcome: 'exhausted'; readonly reason: string }

export interface DialOptions {
  readonly plan: Pick<ScanPlan, 'userAgent'>
  readonly layout: Layout
  readonly now: () => Instant
  /** Milliseconds on a clock that never jumps. */
  readonly monotonic: () => number
  /** The own network a packet to the address would leave through now. */
  readonly place: (address: Address) => string | null
  readonly signal: AbortSignal
  /** Default: what the system is set up with. */
  readonly nameServer?: NameServer
}

interface OpenOptions extends DialOptions {
  /** Every connection there is: a stop ends them all. (A listener on the signal for each would be slow to take off.) */
  readonly sockets: Set<Socket>
  readonly count: (kind: SentKind) => void
}

export function createDial(given: DialOptions): Dial {
  const requests = new Map<SentKind, number>()
  const turns = createTurns(limits.inFlight)
  const count = (kind: SentKind) => void requests.set(kind, (requests.get(kind) ?? 0) + 1)
  const options = { ...given, sockets: new Set<Socket>(), count }
  given.signal.addEventListener('abort', () => {
    for (const socket of options.sockets) socket.destroy(withCode('ABORT_ERR'))
  })
  const nameServer = given.nameServer ?? createNameServer()
  return {
    requests,
    async reverse(target) {
      const permit = permitFor(target, options)
      if (typeof permit === 'string' || !permit.reverseDns) return null
      const started = given.monotonic()
      count('reverse-dns')
      const names = await nameServer(target.address)
      return { names, probe: reverseProbe(target.address, names, given.monotonic() - started) }
    },
    async open(target, patienceMs) {
      const refusal = refusalOf(target, options)
      if (refusal !== null) return { outcome: 'failed', reason: refusal }
      const opened = await openSocket(target, patienceMs, options)
      if (!(opened instanceof Error)) {
        const line = createLine(target, createWire(target, opened, options), { ...options, turns })
        return { outcome: 'answered', line }
      }
      return { outcome: outcomeOf(opened), reason: codeOf(opened) || opened.message }
    },
  }
}

/** Why nothing may be sent there at this moment, or null. */
function refusalOf(target: Target, options: DialOptions): string | null {
  const permit = permitFor(target, options)
  return typeof permit === 'string' ? permit : null
}

/** The block on whose authorisation something may be sent there at this moment, or why nothing may. */
function permitFor(target: Target, { layout, now, place, signal }: DialOptions): PlannedBlock | string {
  if (signal.aborted) return 'stopped'
  const address = parseAddress(target.address)
  if (address === null) return 'outside'
  const permit = layout.permit(address, target.port)
  if (permit === 'outside' || permit === 'excluded') return permit
  if (now() >= permit.validBefore) return 'authorisation-expired'
  if (!isWindowOpen(permit.windows, now())) return 'window-closed'
  if (!needsVantage({ first: address, last: address })) return permit
  return permit.place === null || place(address) !== permit.place ? 'vantage-changed' : permit
}

function openSocket(target: Target, patienceMs: Patience, options: OpenOptions): Promise<Socket | Error> {
  const { sockets, monotonic } = options
  return new Promise(resolve => {
    const { address: host, port } = target
    const socket = connect({ host, port, autoSelectFamily: false, noDelay: true })
    const settle = (result: Socket | Error) => {
      endWait()
      if (result instanceof Error) {
        sockets.delete(socket)
        socket.destroy()
      }
      resolve(result)
    }
    const endWait = waitFor(patienceMs, monotonic, () => settle(silence))
    sockets.add(socket)
    socket.on('error', settle)
    socket.once('connect', () => {
      socket.once('close', () => sockets.delete(socket))
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

/** A further connection to the same target; it passes the same checks as the first. */
async function openAgain(target: Target, timeoutMs: number, options: OpenOptions): Promise<Socket | Error> {
  if (refusalOf(target, options) !== null) return withCode('OUT_OF_SCOPE')
  return openSocket(target, Math.min(timeoutMs, limits.reconnectMs), options)
}

/** The line's way out: connections in clear text until TLS has been agreed on, over TLS from then on. */
function createWire(target: Target, first: Socket, options: OpenOptions): Wire {
  let spare: Socket | null = first
  let isSecure = false
  const takeSpare = () => {
    const socket = spare
    spare = null
    return socket?.destroyed === false ? socket : null
  }
  const createAgent = () => {
    const agent = new Agent({ keepAlive: true, maxSockets: limits.inFlight, maxFreeSockets: 1 })
    agent.createConnection = (_request, callback) => {
      const socket = takeSpare()
      if (socket !== null) return socket
      void connectAnew().then(opened =>
        opened instanceof Error ? callback?.(opened, null as never) : callback?.(null, opened),
      )
      return undefined
    }
    return agent
  }
  const connectAnew = async () => {
    const opened = await openAgain(target, limits.reconnectMs, options)
    return opened instanceof Error || !isSecure ? opened : shakeHands(opened, limits.handshakeMs, options)
  }
  let agent = createAgent()
  return {
    send: (kind, built, deadlineMs) => send({ target, kind, built, agent, deadlineMs }, options),
    async secure(deadlineMs) {
      // A connection that nothing was said on yet will do; the port decides what is said first.
      const socket = takeSpare() ?? (await openAgain(target, deadlineMs, options))
      const secured = socket instanceof Error ? socket : await shakeHands(socket, deadlineMs, options)
      if (secured instanceof Error) return secured
      const shown = secured.getPeerX509Certificate()
      if (shown === undefined) return withCode('ERR_SSL_NO_CERTIFICATE')
      agent.destroy()
      agent = createAgent()
      isSecure = true
      spare = secured
      return readCertificate(shown, secured.getProtocol())
    },
    close() {
      agent.destroy()
      first.destroy()
      spare?.destroy()
    },
  }
}

/** Reads whatever TLS there is: nothing is trusted, so old protocols and weak keys are facts to report, not dangers. */
function readerContext(): SecureContext {
  try {
    return createSecureContext({ minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' })
  } catch {
    // BoringSSL (Electron) knows no security levels.
    return createSecureContext({ minVersion: 'TLSv1' })
  }
}
let context: SecureContext | null = null

function shakeHands(
  socket: Socket,
  timeoutMs: number,
  { sockets, count, signal }: OpenOptions,
): Promise<TLSSocket | Error> {
  return new Promise(resolve => {
    context ??= readerContext()
    const secured = connectTls({
      socket,
      secureContext: context,
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      ALPNProtocols: ['http/1.1'],
    })
    const settle = (result: TLSSocket | Error) => {
      clearTimeout(timer)
      if (result instanceof Error) {
        secured.destroy()
        socket.destroy()
      }
      // A stop ends the connection below first, which looks like a reset from here.
      resolve(result instanceof Error && signal.aborted ? withCode('ABORT_ERR') : result)
    }
    const timer = setTimeout(() => settle(withCode('ETIMEDOUT')), timeoutMs)
    count('tls')
    sockets.add(secured)
    secured.once('close', () => {
      sockets.delete(secured)
      settle(withCode('ECONNRESET'))
    })
    secured.on('error', settle)
    secured.once('secureConnect', () => settle(secured))
  })
}

interface Question {
  readonly target: Target
  readonly kind: ProbeKind
  readonly built: BuiltRequest
  readonly agent: Agent
  readonly deadlineMs: number
}

function send(question: Question, { plan, monotonic, count }: OpenOptions): Promise<Answer> {
  const started = monotonic()
  const elapsed = () => monotonic() - started
  return new Promise(resolve => {
    const asked = openRequest(question, plan.userAgent)
    const settle = (answer: Answer) => {
      clearTimeout(timer)
      resolve(answer)
    }
    const timer = setTimeout(() => {
      // Settle first: what the broken-off connection reports afterwards is no longer of interest.
      settle({ ok: false, failure: 'timed-out', firstBytes: null, durationMs: elapsed() })
      asked.destroy()
    }, question.deadlineMs)
    asked.on('finish', () => count(question.kind))
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

function openRequest({ target, built, agent }: Question, userAgent: string): ClientRequest {
  const { body, header } = built
  const bodyHeaders =
    body === null
      ? []
      : ['Content-Type', 'application/json', 'Content-Length', String(Buffer.byteLength(body))]
  const host = header?.[0] === 'Host' ? header[1] : formatAddressPort(target.address, target.port)
  const extra = header === null || header[0] === 'Host' ? [] : [...header]
  return request({
    agent,
    host: target.address,
    port: target.port,
    method: built.method,
    path: built.path,
    maxHeaderSize: limits.headerBytes,
    setHost: false,
    headers: ['Host', host, 'User-Agent', userAgent, 'Accept', '*/*', ...extra, ...bodyHeaders],
  })
}
