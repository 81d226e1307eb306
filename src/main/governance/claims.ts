import type { ListedModel } from '#shared/domain/observation.ts'
import type { SystemPrompt } from '#shared/domain/system-prompt.ts'

/** A genuine instance that holds models, as the sweep saw it. */
export interface Holder<Id> {
  readonly id: Id
  /** Which way of computing capabilities its server has. */
  readonly generation: string
  readonly models: readonly ListedModel[]
}

/** What is already known of a digest on servers of one generation, and from whom. */
export interface KnownClaim<Id> {
  readonly digest: string
  readonly generation: string
  readonly holder: Id
  readonly capabilities: readonly string[]
  /** What it said of the licence, as a digest; null: it was asked before licences were read. */
  readonly licence: string | null
}

/** Questions for one holder: the name it has for each digest. */
export interface PlannedQuestion<Id> {
  readonly holder: Id
  readonly models: { readonly name: string; readonly digest: string }[]
}

/**
 * Whom to ask about which model (ADR 0005): once per digest and server generation, of two holders where there are
 * two, so that no single host decides what is said about the others; of every holder once two disagree.
 * Call it again with the answers: it plans what is still missing, and nothing when nothing is.
 */
export function planQuestions<Id extends number | string>(
  holders: readonly Holder<Id>[],
  claims: readonly KnownClaim<Id>[],
  unanswered: ReadonlySet<string>,
  needsAsking: (model: ListedModel) => boolean,
): PlannedQuestion<Id>[] {
  const answers = new ByContent<KnownClaim<Id>>()
  for (const claim of claims) answers.add(claim, claim)
  const planned = new Map<Id, PlannedQuestion<Id>>()
  for (const [content, members] of groupHolders(holders, needsAsking)) {
    const known = answers.of(content)
    // An answer that says nothing of the licence is asked for once more, best of the same holder.
    const whole = known.filter(claim => claim.licence !== null)
    const open = members.filter(
      ({ holder }) =>
        !whole.some(claim => claim.holder === holder) &&
        !(unanswered.size > 0 && unanswered.has(questionKey(holder, content.digest))),
    )
    if (open.length === 0) continue
    const first = open.filter(({ holder }) => known.some(claim => claim.holder === holder))
    const inOrder = first.length === 0 ? open : [...new Set([...first, ...open])]
    // Whoever has had its say counts, whether it is among the holders of today or not.
    const missing = isDisputed(known) ? open.length : Math.max(0, 2 - whole.length)
    for (const { holder, name } of inOrder.slice(0, missing)) {
      const question = planned.get(holder) ?? { holder, models: [] }
      question.models.push({ name, digest: content.digest })
      planned.set(holder, question)
    }
  }
  return [...planned.values()]
}

/** Names one question put to one holder: what it did not answer is not asked again in the same scan. */
export function questionKey(holder: number | string, digest: string): string {
  return `${holder} ${digest}`
}

/**
 * What to say of a model on one instance. An answer about it replaces what the list says: the list of Ollama ≥ 0.30 looks
 * less deep and calls an embedding model `completion` (measured, 0.30.0 to 0.33.0). The instance's own answer counts
 * before others'; where others disagree and it was not asked itself, only its own list is left.
 */
export function capabilitiesFor<Id>(
  model: Pick<ListedModel, 'remoteHost' | 'capabilities'>,
  holder: Id,
  claims: readonly Pick<KnownClaim<Id>, 'holder' | 'capabilities'>[],
): string[] | null {
  const own = claims.find(claim => claim.holder === holder)
  const agreed = own ?? (disagree(claims) ? undefined : claims[0])
  if (agreed !== undefined) return [...agreed.capabilities]
  // The list suffices for "yes". For "no tools" a local model needs an answer; a remote one is never asked about.
  const suffices = model.remoteHost !== null || model.capabilities?.includes('tools') === true
  return suffices && model.capabilities !== null ? [...model.capabilities] : null
}

/**
 * The system prompt to speak of on one instance: its own answer counts before others', and others' only where they agree.
 * null: there is none; undefined: that cannot be said.
 */
export function promptFor<Id>(
  holder: Id,
  claims: readonly { readonly holder: Id; readonly system: SystemPrompt | null }[],
): SystemPrompt | null | undefined {
  const own = claims.find(claim => claim.holder === holder)
  if (own !== undefined) return own.system
  const different = new Set(claims.map(claim => claim.system?.sha256 ?? ''))
  return different.size > 1 ? undefined : claims[0]?.system
}

function isDisputed(
  claims: readonly { readonly capabilities: readonly string[]; readonly licence: string | null }[],
) {
  const licences = new Set(claims.flatMap(({ licence }) => licence ?? []))
  return licences.size > 1 || disagree(claims)
}

function disagree(claims: readonly { readonly capabilities: readonly string[] }[]): boolean {
  // Mostly it is the very same answer, read once.
  if (claims.every(claim => claim.capabilities === claims[0]?.capabilities)) return false
  return new Set(claims.map(claim => JSON.stringify([...claim.capabilities].sort()))).size > 1
}

/** What a model is asked about: its digest, on servers of one generation. */
interface Content {
  readonly digest: string
  readonly generation: string
}

/** Groups by content, in the order they came up in. */
class ByContent<Member> {
  readonly groups: (readonly [Content, Member[]])[] = []
  // Few generations, many digests: no name is made for each pair.
  readonly #found = new Map<string, Map<string, Member[]>>()

  add(content: Content, member: Member): void {
    const there = this.#found.get(content.generation) ?? new Map<string, Member[]>()
    this.#found.set(content.generation, there)
    const group = there.get(content.digest)
    if (group !== undefined) {
      group.push(member)
      return
    }
    const members = [member]
    there.set(content.digest, members)
    this.groups.push([content, members])
  }

  of({ generation, digest }: Content): readonly Member[] {
    return this.#found.get(generation)?.get(digest) ?? []
  }
}

function groupHolders<Id extends number | string>(
  holders: readonly Holder<Id>[],
  needsAsking: (model: ListedModel) => boolean,
) {
  const found = new ByContent<{ readonly holder: Id; readonly name: string }>()
  for (const { id, generation, models } of holders) {
    // A copied model is in the list twice under one digest: still one holder.
    const names = new Map<string, string>()
    for (const model of models)
      if (model.digest !== null && needsAsking(model)) names.set(model.digest, model.name)
    for (const [digest, name] of names) found.add({ digest, generation }, { holder: id, name })
  }
  return found.groups
}
