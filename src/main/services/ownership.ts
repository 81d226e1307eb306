import { type Address, parseAddress } from '#shared/domain/address.ts'
import { type AddressBlock, blockContains, parseBlock } from '#shared/domain/address-block.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import type { HostName } from '#shared/domain/observation.ts'
import { type Duty, duties } from '#shared/domain/owner.ts'
import type { Ownership, OwnershipState } from '#shared/domain/ownership.ts'
import type { OwnerId } from '#shared/ids.ts'
import {
  type CandidateIndex,
  indexCandidates,
  inherit,
  isOwned,
  type Proposal,
  propose,
  reasonOfRule,
} from '../governance/own.ts'
import { instanceById } from '../store/instances.ts'
import { judgedOwnerships } from '../store/judging.ts'
import { addressKey } from '../store/keys.ts'
import { listOwners, type OwnerRecord } from '../store/owners.ts'
import * as ownerships from '../store/ownerships.ts'
import type { ReadableStore } from '../store/statement.ts'

/** Everything that ownership is made of beside the instance, read once for many instances. */
export interface OwnershipBasis {
  readonly rules: readonly ownerships.InheritanceRecord[]
  /** The blocks rules speak of, the narrowest first. They need not be ranges: who runs a /16 runs what is scanned in it. */
  readonly blocks: readonly { readonly text: string; readonly block: AddressBlock }[]
  /** Read before for many instances; absent: each is read when it is asked for. */
  readonly stated?: ReadonlyMap<number, readonly ownerships.OwnershipRecord[]>
  /** The same; absent: each is read when it is asked for. */
  readonly places?: Places
  /** null: proposals are not asked for. */
  readonly candidates: CandidateIndex<number, OwnerRecord> | null
  /** Who answers around an address, kept while many instances of the neighbourhood are looked at. */
  readonly neighbours?: Map<string, ReturnType<typeof ownerships.ownersBetween>>
}

/** Where instances stand, and whom people did not want for them. */
interface Places {
  readonly range: ReadonlyMap<number, ownerships.InstanceRange>
  readonly rejected: ReadonlyMap<number, readonly number[]>
}

/** Read at once for some instances, a list of ids as JSON. */
export function placesOf(store: ReadableStore, ids: string): Places {
  const range = new Map<number, ownerships.InstanceRange>()
  // The way in that was seen last comes first.
  for (const each of ownerships.rangesOfInstances(store, { ids }))
    if (!range.has(each.instance_id)) range.set(each.instance_id, each)
  const rejected = Map.groupBy(ownerships.rejectedAmong(store, { ids }), each => each.instance_id)
  return {
    range,
    rejected: new Map([...rejected].map(([id, all]) => [id, all.map(each => each.owner_id)])),
  }
}

export function ownershipBasis(store: ReadableStore, withProposals: boolean): OwnershipBasis {
  const rules = ownerships.listInheritances(store, {})
  return {
    rules,
    blocks: blocksOf(rules),
    candidates: withProposals ? indexCandidates(listOwners(store, {})) : null,
  }
}

function blocksOf(rules: readonly ownerships.InheritanceRecord[]): OwnershipBasis['blocks'] {
  const blocks = rules.flatMap(({ scope, value }) => {
    const block = scope === 'range' ? parseBlock(value) : null
    return block?.ok === true ? [{ text: value, block: block.value }] : []
  })
  const size = ({ block }: (typeof blocks)[number]) => block.last.value - block.first.value
  return blocks.sort((a, b) => (size(a) < size(b) ? -1 : 1))
}

/** The same for some instances, a list of ids as JSON: what was stated about them is read at once. */
export function ownershipBasisOf(store: ReadableStore, ids: string): OwnershipBasis {
  const stated = Map.groupBy(judgedOwnerships(store, { ids }), each => each.instance_id)
  return { ...ownershipBasis(store, false), stated }
}

/** Who answers first for one instance. */
export function ownerOf(store: ReadableStore, instance: OwnedInstance): string | null {
  return leadingOwner(ownershipsOf(store, instance, ownershipBasis(store, false)))
}

export interface OwnedInstance {
  readonly id: number
  readonly site: string
  readonly site_id: number
  readonly address: string
}

/** Who answers for an instance, duty by duty, and how that is known. */
export function ownershipsOf(
  store: ReadableStore,
  instance: OwnedInstance,
  basis: OwnershipBasis,
): Ownership[] {
  const records =
    basis.stated === undefined
      ? ownerships.ownershipsOf(store, { instance: instance.id })
      : (basis.stated.get(instance.id) ?? [])
  const stated = new Map(records.map(each => [each.duty, each]))
  return duties.map(duty => {
    const record = stated.get(duty)
    if (record !== undefined && record.state !== 'unowned') return statedOwnership(record)
    return (
      inherited(store, instance, duty, basis) ??
      proposed(store, instance, duty, basis) ??
      nobody(duty, record)
    )
  })
}

/** The name of whoever answers first for an instance: technically, else for the risk, else for the data. */
export function leadingOwner(all: readonly Ownership[]): string | null {
  return leading(all)?.owner ?? null
}

const precedence: readonly Duty[] = ['technical', 'risk', 'data']

export function leading(all: readonly Ownership[]): Ownership | undefined {
  return precedence.flatMap(duty => all.filter(each => each.duty === duty && isOwned(each)))[0]
}

/** One duty of an instance as it stands. */
export function ownershipOf(
  store: ReadableStore,
  id: number,
  duty: Duty,
  basis: OwnershipBasis,
): Ownership | null {
  const record = instanceById(store, { id })
  if (record === undefined) return null
  return ownershipsOf(store, record, basis).find(each => each.duty === duty) ?? null
}

function statedOwnership(record: ownerships.OwnershipRecord): Ownership {
  const state = record.state as OwnershipState
  return {
    duty: record.duty as Duty,
    state,
    origin: 'stated',
    isOwned: isOwned({ state }),
    ownerId: record.owner_id as OwnerId | null,
    owner: record.owner,
    reasons: [JSON.parse(record.reason)],
    confidence: null,
    note: record.note,
    dueOn: record.due_on,
    sinceAt: isoInstant(record.since_at),
  }
}

function inherited(
  store: ReadableStore,
  { id, site, address }: OwnedInstance,
  duty: Duty,
  { rules, blocks }: OwnershipBasis,
): Ownership | null {
  const own = rules.filter(rule => rule.duty === duty)
  if (own.length === 0) return null
  const facts = {
    site,
    blocks: blocksAround(address, blocks),
    hostNames: own.some(({ scope }) => scope === 'name') ? hostNamesOf(store, id) : [],
  }
  const rule = inherit(facts, own.map(asRule))
  if (rule === null) return null
  return {
    ...blank,
    duty,
    state: 'assigned',
    origin: 'inherited',
    isOwned: true,
    ownerId: rule.ownerId,
    owner: rule.owner,
    reasons: [reasonOfRule(rule)],
  }
}

function asRule(record: ownerships.InheritanceRecord) {
  const { scope, value, owner_id, owner } = record
  return { scope: scope as 'range' | 'site' | 'name', value, ownerId: owner_id as OwnerId, owner }
}

function blocksAround(text: string, blocks: OwnershipBasis['blocks']): string[] {
  if (blocks.length === 0) return []
  const address = parseAddress(text)
  if (address === null) return []
  return blocks
    .filter(({ block }) => blockContains(block, { first: address, last: address }))
    .map(block => block.text)
}

function hostNamesOf(store: ReadableStore, instance: number): string[] {
  return hostNamesIn(placesOf(store, JSON.stringify([instance])).range.get(instance))
}

function hostNamesIn(found: { readonly host_names: string } | undefined): string[] {
  return found === undefined ? [] : (JSON.parse(found.host_names) as HostName[]).map(({ name }) => name)
}

function proposed(
  store: ReadableStore,
  instance: OwnedInstance,
  duty: Duty,
  basis: OwnershipBasis,
): Ownership | null {
  // Who runs a machine can be guessed from where it stands; who answers for its data or risk cannot.
  if (basis.candidates === null || duty !== 'technical') return null
  const best = proposalsFor(store, instance, basis)[0]
  if (best === undefined) return null
  return {
    ...blank,
    duty,
    state: 'proposed',
    origin: 'proposed',
    ownerId: best.owner.id as OwnerId,
    owner: best.owner.name,
    reasons: [...best.reasons],
    confidence: best.confidence,
  }
}

function proposalsFor(
  store: ReadableStore,
  { id, site_id, address }: OwnedInstance,
  basis: OwnershipBasis,
): Proposal<number>[] {
  const { range: ranges, rejected } = basis.places ?? placesOf(store, JSON.stringify([id]))
  const range = ranges.get(id)
  const facts = {
    hostNames: hostNamesIn(range),
    rangeContact: range?.authorised_by ?? null,
    block: range?.block ?? '',
    neighbours: neighboursOf(store, site_id, address, basis),
    rejected: new Set(rejected.get(id)),
  }
  return propose(facts, basis.candidates?.(facts) ?? [])
}

function neighboursOf(store: ReadableStore, site: number, text: string, { neighbours }: OwnershipBasis) {
  const address = parseAddress(text)
  if (address === null) return []
  const key = `${site} ${address.family} ${address.value >> 8n}`
  const known = neighbours?.get(key)
  if (known !== undefined) return known
  const found = ownerships.ownersBetween(store, { site, ...neighbourhood(address), duty: 'technical' })
  neighbours?.set(key, found)
  return found
}

/** The /24 (in IPv6 the /120) around an address. */
export function neighbourhood(address: Address): { first: Uint8Array; last: Uint8Array } {
  const first = address.value & ~255n
  return {
    first: addressKey({ ...address, value: first }),
    last: addressKey({ ...address, value: first | 255n }),
  }
}

function nobody(duty: Duty, record: ownerships.OwnershipRecord | undefined): Ownership {
  const sinceAt = record === undefined ? null : isoInstant(record.since_at)
  return { ...blank, duty, note: record?.note ?? '', sinceAt }
}

const blank = {
  state: 'unowned',
  origin: 'none',
  isOwned: false,
  ownerId: null,
  owner: null,
  reasons: [],
  confidence: null,
  note: '',
  dueOn: null,
  sinceAt: null,
} as const satisfies Omit<Ownership, 'duty'>
