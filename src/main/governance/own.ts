import type { Ownership, OwnershipReason } from '#shared/domain/ownership.ts'

/** What of an instance decides who owns it. */
export interface OwnedFacts {
  readonly site: string
  /** Blocks of rules it is in, the narrowest first. */
  readonly blocks: readonly string[]
  readonly hostNames: readonly string[]
}

export interface InheritanceRule<Id> {
  readonly scope: 'range' | 'site' | 'name'
  readonly value: string
  readonly ownerId: Id
  readonly owner: string
}

/** The rule that says who owns it: a host name is more particular than a range, a range more than a site. */
export function inherit<Id, Rule extends InheritanceRule<Id>>(
  facts: OwnedFacts,
  rules: readonly Rule[],
): Rule | null {
  const named = rules.find(
    ({ scope, value }) => scope === 'name' && facts.hostNames.some(name => matchesPattern(name, value)),
  )
  if (named !== undefined) return named
  for (const block of facts.blocks) {
    const found = rules.find(({ scope, value }) => scope === 'range' && value === block)
    if (found !== undefined) return found
  }
  const site = facts.site.toLowerCase()
  return rules.find(({ scope, value }) => scope === 'site' && value.toLowerCase() === site) ?? null
}

export function reasonOfRule({
  scope,
  value,
}: Pick<InheritanceRule<unknown>, 'scope' | 'value'>): OwnershipReason {
  return { kind: `inherited-${scope}`, detail: value }
}

/**
 * Whether a host name fits a pattern in which `*` stands for anything. The parts between are looked for one after the
 * other: linear, whatever the name (host names come from strangers).
 */
export function matchesPattern(name: string, pattern: string): boolean {
  const text = name.toLowerCase()
  const parts = pattern.toLowerCase().split('*')
  const first = parts[0] ?? ''
  const last = parts.at(-1) ?? ''
  if (parts.length === 1) return text === first
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false
  let from = first.length
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from)
    if (at === -1) return false
    from = at + part.length
  }
  return from <= text.length - last.length
}

/** Somebody who could be proposed. */
export interface Candidate<Id> {
  readonly id: Id
  readonly name: string
  readonly email: string | null
}

export interface ProposalFacts<Id> {
  readonly hostNames: readonly string[]
  /** Who authorised the range. */
  readonly rangeContact: string | null
  readonly block: string
  /** Owners of the instances nearby, with how many each. */
  readonly neighbours: readonly { readonly id: Id; readonly count: number }[]
  /** Owners a person has said no to. */
  readonly rejected: ReadonlySet<Id>
}

export interface Proposal<Id> {
  readonly owner: Candidate<Id>
  /** Of 100. */
  readonly confidence: number
  readonly reasons: readonly OwnershipReason[]
}

/** Who might own an instance, the likeliest first. Every reason is said; several make it likelier, never certain. */
export function propose<Id>(facts: ProposalFacts<Id>, candidates: readonly Candidate<Id>[]): Proposal<Id>[] {
  const all = facts.neighbours.reduce((sum, { count }) => sum + count, 0)
  return candidates
    .filter(({ id }) => !facts.rejected.has(id))
    .flatMap(owner => {
      const signs = signsFor(owner, facts, all)
      if (signs.length === 0) return []
      const doubt = signs.reduce((product, { weight }) => product * (1 - weight), 1)
      const confidence = Math.min(95, Math.round((1 - doubt) * 100))
      return [{ owner, confidence, reasons: signs.map(({ reason }) => reason) }]
    })
    .sort((a, b) => b.confidence - a.confidence || (a.owner.name < b.owner.name ? -1 : 1))
}

interface Sign {
  readonly weight: number
  readonly reason: OwnershipReason
}

function signsFor<Id>(owner: Candidate<Id>, facts: ProposalFacts<Id>, neighbourCount: number): Sign[] {
  const signs: Sign[] = []
  const contact = facts.rangeContact?.toLowerCase() ?? ''
  if (contact !== '' && (contact === owner.name.toLowerCase() || contact === owner.email?.toLowerCase())) {
    signs.push({ weight: 0.5, reason: { kind: 'range-contact', detail: facts.block } })
  }
  const host = facts.hostNames.find(name => namesOwner(name, owner))
  if (host !== undefined) signs.push({ weight: 0.6, reason: { kind: 'host-name', detail: host } })
  const near = facts.neighbours.find(({ id }) => id === owner.id)
  // One neighbour is no neighbourhood.
  if (near !== undefined && near.count >= 2) {
    const share = near.count / neighbourCount
    signs.push({
      weight: 0.6 * share,
      reason: { kind: 'neighbours', detail: `${near.count}/${neighbourCount}` },
    })
  }
  return signs
}

/** `alovelace-laptop` is a sign for a.lovelace@example.org: a whole word of the name, and not a short one. */
function namesOwner<Id>(host: string, owner: Candidate<Id>): boolean {
  const forms = hostForms(owner)
  return hostWords(host).some(word => forms.includes(word))
}

function hostForms<Id>({ email }: Candidate<Id>): string[] {
  const local = (email?.split('@')[0] ?? '').toLowerCase()
  return [local, local.replace(/[._-]/g, '')].filter(form => form.length >= 4)
}

function hostWords(host: string): string[] {
  return (host.toLowerCase().split('.')[0] ?? '').split('-')
}

/** Owners by what can point to them, so that not every one is asked about every instance. */
export type CandidateIndex<Id, Owner extends Candidate<Id> = Candidate<Id>> = (
  facts: Pick<ProposalFacts<Id>, 'hostNames' | 'rangeContact' | 'neighbours'>,
) => Owner[]

/** Finds the owners anything at all speaks for: whoever it leaves out `propose` would leave out, too. */
export function indexCandidates<Id, Owner extends Candidate<Id>>(
  owners: readonly Owner[],
): CandidateIndex<Id, Owner> {
  const byKey = new Map<string, Owner[]>()
  const note = (key: string, owner: Owner) => {
    const known = byKey.get(key)
    if (known === undefined) byKey.set(key, [owner])
    else known.push(owner)
  }
  for (const owner of owners) {
    note(`contact ${owner.name.toLowerCase()}`, owner)
    if (owner.email !== null) note(`contact ${owner.email.toLowerCase()}`, owner)
    for (const form of hostForms(owner)) note(`host ${form}`, owner)
  }
  const byId = new Map(owners.map(owner => [owner.id, owner]))
  return ({ hostNames, rangeContact, neighbours }) => {
    const keys = [
      `contact ${rangeContact?.toLowerCase() ?? ''}`,
      ...hostNames.flatMap(hostWords).map(word => `host ${word}`),
    ]
    const near = neighbours.flatMap(({ id }) => byId.get(id) ?? [])
    return [...new Set([...keys.flatMap(key => byKey.get(key) ?? []), ...near])]
  }
}

/** Whether somebody answers for it. */
export function isOwned({ state }: Pick<Ownership, 'state'>): boolean {
  return state === 'assigned' || state === 'acknowledged'
}
