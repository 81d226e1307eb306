import type { Claim, EndpointPlace } from '#shared/domain/observation.ts'
import type { SentKind } from '#shared/domain/probe.ts'
import { jsonOf } from './answer.ts'
import { below } from './below.ts'
import type { Dial, Line } from './dial.ts'
import { readLicence } from './licence.ts'
import { generationOf, readCapabilities } from './products/ollama-show.ts'
import { requestsSince } from './sweep-batch.ts'
import { readSystemPrompt } from './system-prompt.ts'

/** Models to ask one instance about, after the sweep has shown who holds what. */
export interface Enquiry {
  readonly place: EndpointPlace
  readonly version: string | null
  readonly models: readonly { readonly name: string; readonly digest: string }[]
}

export interface EnquiryBatch {
  readonly claims: readonly Claim[]
  readonly requests: Readonly<Partial<Record<SentKind, number>>>
}

/** Hosts asked side by side: an answer may be 8 MB long. */
const sideBySide = 16
/** For hosts that have just answered. */
const patienceMs = 3000

/** Asks for details of models, one connection per instance. What cannot be answered yields no claim. */
export async function* enquire(
  enquiries: readonly Enquiry[],
  dial: Dial,
  now: () => number,
  signal: AbortSignal,
): AsyncGenerator<EnquiryBatch, void, void> {
  const counted = new Map(dial.requests)
  const underWay = new Set<Promise<void>>()
  let claims: Claim[] = []
  let next = 0
  const isOver = () => underWay.size === 0 && (signal.aborted || next >= enquiries.length)
  while (claims.length > 0 || !isOver()) {
    // One that takes its minute holds up nobody but itself.
    for (; underWay.size < sideBySide && !signal.aborted; next++) {
      const enquiry = enquiries[next]
      if (enquiry === undefined) break
      const asked: Promise<void> = askOne(enquiry, dial, now).then(answered => {
        claims.push(...answered)
        underWay.delete(asked)
      })
      underWay.add(asked)
    }
    if (claims.length === 0 && underWay.size > 0) await Promise.race(underWay)
    // Taken before it is passed on: others answer while the taker is busy with it.
    const taken = claims
    claims = []
    yield { claims: taken, requests: requestsSince(dial, counted) }
  }
  const requests = requestsSince(dial, counted)
  if (Object.keys(requests).length > 0) yield { claims: [], requests }
}

async function askOne(enquiry: Enquiry, dial: Dial, now: () => number): Promise<Claim[]> {
  const opened = await dial.open(enquiry.place.target, patienceMs)
  if (opened.outcome !== 'answered') return []
  const claims: Claim[] = []
  const line = await findWayIn(opened.line, enquiry.place)
  for (const model of line === null ? [] : enquiry.models) {
    const claim = line === null ? null : await askModel(enquiry, model, line, now)
    if (claim !== null) claims.push(claim)
  }
  opened.line.close()
  return claims
}

/** The same way in as the sweep took; null: it is not there any more. */
async function findWayIn(line: Line, { scheme, basePath }: EndpointPlace): Promise<Line | null> {
  if (scheme === 'https' && !(await line.secure(patienceMs))) return null
  if (basePath === '') return line
  const beneath = below(line)
  // Opens the questions below the base path.
  await beneath.ask('version')
  return beneath
}

async function askModel(
  { place, version }: Enquiry,
  { name, digest }: Enquiry['models'][number],
  line: Line,
  now: () => number,
): Promise<Claim | null> {
  const answer = await line.ask('show', { model: { name, remoteHost: null } })
  if (!answer.ok || answer.status !== 200) return null
  const body = jsonOf(answer)
  const shown = readCapabilities(body, version)
  if (shown === null) return null
  const about = { system: readSystemPrompt(body), licence: readLicence(body) }
  return { digest, generation: generationOf(version), ...shown, ...about, askedAt: now(), place }
}
