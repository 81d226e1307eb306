import type { Observation } from '#shared/domain/observation.ts'
import type { ProbeKind } from '#shared/domain/probe.ts'
import { certainFrom, type Identity, type Suspected } from '#shared/domain/product.ts'
import { prefix } from './allow-list.ts'
import type { Answer } from './answer.ts'
import { below } from './below.ts'
import type { Line } from './dial.ts'
import { accessOf, corsOf, frontOf, guardOf } from './exposure.ts'
import { hostNamesIn } from './host-name.ts'
import { type Answers, confidenceOf, json, type ProductRule, text } from './product.ts'
import { lookAlikes } from './products/index.ts'
import { isBanner, ollama } from './products/ollama.ts'
import { contradictionsOf } from './products/ollama-imitation.ts'
import { askProtection, protectionOf } from './protection.ts'
import { objectOf, readRunning } from './readers.ts'
import { type Bracketed, bracketVersion } from './version-bracket.ts'

/** What identifying needs besides the line. */
export interface IdentifyContext {
  readonly now: () => number
  /** A path nobody has: 8 to 32 of a–z and 0–9. */
  readonly randomPath: () => string
}

/** A look-alike is named from here on; its tells are its own name, so less is needed than for Ollama. */
const namedFrom = 60

/**
 * What was seen at the ways in to one target, at least one. `unrecognised`: it answers, but not as any AI software Paddock
 * knows, nor as something that guards one; that is no instance. `mute`: it took the connection and did not speak HTTP in
 * time; that says nothing about what it is.
 */
export type Identified = readonly [Observation, ...Observation[]] | 'unrecognised' | 'mute'

/** Asks an open line, whose first page has been asked for, what it is. */
export async function identify(line: Line, context: IdentifyContext, root: Answer): Promise<Identified> {
  // Not HTTP, or nothing at all: further questions would only be more noise in somebody's log.
  if (!root.ok) return root.failure === 'malformed' ? 'unrecognised' : 'mute'
  const answers = new Map<ProbeKind, Answer>([['root', root]])
  const atRoot = await examine(line, context, answers)
  // Whoever owns the root owns what is below; only Open WebUI passes on to an Ollama there.
  if (atRoot !== null && atRoot.identity.product !== 'open-webui') return [atRoot]
  const answersBelow = new Map<ProbeKind, Answer>()
  const beneath = await examineBelow(
    line,
    context,
    { atRoot: answers, answers: answersBelow },
    atRoot !== null,
  )
  if (beneath !== null) {
    const isVacant = atRoot === null && [...answers.values()].every(answer => answer.ok)
    const found = { ...beneath, vacantPaths: isVacant ? [''] : [] }
    return atRoot === null ? [found] : [atRoot, found]
  }
  const isVacant = answersBelow.get('version')?.ok === true && guardOf(answersBelow, 'version') === null
  return atRoot === null ? 'unrecognised' : [{ ...atRoot, vacantPaths: isVacant ? [prefix] : [] }]
}

type Collected = Map<ProbeKind, Answer>

function asker(line: Line, answers: Collected) {
  return async (kind: ProbeKind, random?: string) => {
    answers.set(kind, await line.ask(kind, random === undefined ? {} : { random }))
  }
}

/** What is asked only of what says that it is an Ollama. */
async function askOllama(ask: (kind: ProbeKind) => Promise<void>): Promise<void> {
  await ask('ps')
  await ask('status')
  await ask('origin')
}

/** Asks at the root, where anything may be. */
async function examine(
  line: Line,
  context: IdentifyContext,
  answers: Collected,
): Promise<Observation | null> {
  const ask = asker(line, answers)
  await ask('version')
  await ask('tags')
  await ask('v1-models')
  if (!isPromising(answers)) return null
  if (guardOf(answers, 'root') === null) await ask('unknown-path', context.randomPath())
  const lookAlike = await findLookAlike(answers, ask)
  const rule = lookAlike ?? ollama
  if (lookAlike === null && claimsOllama(answers)) await askOllama(ask)
  const mayGuard = !portsOfOthers.has(line.target.port)
  const identity = lookAlike === null ? identifyOllama(answers, mayGuard) : named(lookAlike, answers)
  if (identity === null) return null
  const bracketed = await bracketVersion(line, answers, ask, identity, rule.readVersion(answers))
  await askProtection(answers, ask, bracketed.identity)
  return observe(line, context, answers, rule, bracketed)
}

/**
 * Asks below the base path, where a proxy may have put an Ollama: by one question, and by the others only where it was
 * answered as an Ollama does, or by a guard that does not stand before the whole host. Open WebUI guards the path whether
 * there is an Ollama behind it or not: there, a guard says nothing.
 */
async function examineBelow(
  line: Line,
  context: IdentifyContext,
  { atRoot, answers }: { readonly atRoot: Collected; readonly answers: Collected },
  isOpenWebUi: boolean,
): Promise<Observation | null> {
  const beneath = below(line)
  const ask = asker(beneath, answers)
  await ask('version')
  const isGuarded = guardOf(answers, 'version') !== null
  if (isGuarded && (isOpenWebUi || (await isGuardedAltogether(line, context, atRoot)))) return null
  if (!isGuarded && ollama.readVersion(answers) === null) return null
  await ask('tags')
  await ask('v1-models')
  if (guardOf(answers, 'tags') === null) {
    await ask('root')
    await ask('unknown-path', context.randomPath())
    if (claimsOllama(answers)) await askOllama(ask)
  }
  const identity = identifyOllama(answers, true)
  if (identity === null) return null
  const bracketed = await bracketVersion(beneath, answers, ask, identity, ollama.readVersion(answers))
  return observe(beneath, context, answers, ollama, bracketed)
}

async function isGuardedAltogether(
  line: Line,
  context: IdentifyContext,
  atRoot: Collected,
): Promise<boolean> {
  if (!atRoot.has('unknown-path')) await asker(line, atRoot)('unknown-path', context.randomPath())
  return (['root', 'version', 'unknown-path'] as const).some(kind => guardOf(atRoot, kind) !== null)
}

/** Whether any general answer speaks for a product, or somebody stands in front. */
function isPromising(answers: Answers): boolean {
  const guarded = (['root', 'version', 'tags', 'v1-models'] as const).some(
    kind => guardOf(answers, kind) !== null,
  )
  return guarded || claimsOllama(answers) || lookAlikes.some(rule => confidenceOf(rule.judge(answers)) > 0)
}

function claimsOllama(answers: Answers): boolean {
  const named = ollama
    .judge(answers)
    .filter(each => each.name !== 'plain-headers' && each.name !== 'not-found')
  return confidenceOf(named) > 0 || text(answers, 'root').startsWith('Ollama is running')
}

/** The look-alike with the most points, after each with any has been asked its own question. */
async function findLookAlike(
  answers: Answers,
  ask: (kind: ProbeKind) => Promise<void>,
): Promise<ProductRule | null> {
  for (const rule of lookAlikes) {
    const points = confidenceOf(rule.judge(answers))
    if (points > 0 && points < 100 && rule.confirm !== null) await ask(rule.confirm)
  }
  const ranked = lookAlikes
    .map(rule => ({ rule, points: confidenceOf(rule.judge(answers)) }))
    .sort((a, b) => b.points - a.points)
  const best = ranked[0]
  return best !== undefined && best.points >= namedFrom ? best.rule : null
}

function named(rule: ProductRule, answers: Answers): Identity {
  const signals = [...rule.judge(answers)]
  return { product: rule.product, confidence: confidenceOf(signals), suspected: null, signals }
}

function identifyOllama(answers: Answers, mayGuard: boolean): Identity | null {
  const { signals: against, suspicious } = contradictionsOf(answers)
  const signals = [...ollama.judge(answers), ...(claimsOllama(answers) ? against : [])]
  const confidence = confidenceOf(signals)
  if (confidence >= certainFrom && !suspicious) {
    return { product: 'ollama', confidence, suspected: null, signals }
  }
  // An imitation that says so itself ("Ollama is running in proxy mode.") sets no trap; it is just something else.
  if (text(answers, 'root').startsWith('Ollama is running') && !isBanner(answers)) {
    return { product: 'unknown', confidence, suspected: null, signals }
  }
  const suspected = suspicious && claimsOllama(answers) ? 'honeypot' : suspectBehindGuard(answers, mayGuard)
  return suspected === null ? null : { product: 'unknown', confidence, suspected, signals }
}

/** Ports on which something other than Ollama usually listens: a login there says nothing about Ollama. */
const portsOfOthers = new Set([
  80, 443, 1234, 3000, 4000, 4891, 5000, 5001, 8000, 8080, 8443, 8888, 9000, 12434, 13305, 30000,
])

/** What hides behind a guard is guessed only where something points at Ollama: its own words, its 403, or its port. */
function suspectBehindGuard(answers: Answers, mayGuard: boolean): Suspected {
  const ownWords =
    isBanner(answers) || ollama.readVersion(answers) !== null || ollama.readModels(answers) !== null
  if (ownWords) return 'ollama'
  // A guard before Ollama stands before its own routes too: LiteLLM guards `/v1` and has no `/api` at all.
  const guards = (['version', 'tags'] as const).map(kind => guardOf(answers, kind))
  if (guards.includes('host-check')) return 'ollama'
  return guards.some(guard => guard !== null) && mayGuard ? 'ollama' : null
}

function observe(
  line: Line,
  context: IdentifyContext,
  answers: Answers,
  rule: ProductRule,
  { identity, bracket }: Bracketed,
): Observation {
  const isBait = identity.suspected === 'honeypot'
  return {
    target: line.target,
    scheme: line.certificate === null ? 'http' : 'https',
    basePath: line.basePath,
    certificate: line.certificate,
    observedAt: context.now(),
    identity,
    version: rule.readVersion(answers),
    bracket,
    access: { api: accessOf(answers, 'tags'), v1: accessOf(answers, 'v1-models') },
    cors: corsOf(answers),
    protection: protectionOf(answers),
    front: frontOf(answers),
    // What a honeypot says it holds is bait, not inventory.
    models: isBait ? null : rule.readModels(answers),
    running: isBait ? null : readRunning(json(answers, 'ps')),
    cloudDisabled: cloudDisabled(answers),
    hostNames: hostNamesIn(line.certificate),
    hardwareAddress: null,
    vacantPaths: [],
    probes: [...line.probes],
  }
}

function cloudDisabled(answers: Answers): boolean | null {
  const cloud = objectOf(objectOf(json(answers, 'status'))?.['cloud'])
  return typeof cloud?.['disabled'] === 'boolean' ? cloud['disabled'] : null
}
