import { formatAddressPort } from '#shared/domain/address.ts'
import type { InstanceAnnotations } from '#shared/domain/identity.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { moveKey } from '../governance/identity.ts'
import { addDecision } from '../store/audit.ts'
import * as identity from '../store/identity.ts'
import { type InstanceRecord, instanceById, setMerged } from '../store/instances.ts'
import { readSnapshot } from '../store/snapshots.ts'
import type { WritableStore } from '../store/statement.ts'
import { annotationsOf } from './annotations.ts'
import type { Transaction } from './context.ts'
import { findInstance } from './find-instance.ts'
import { refreshInstance } from './instance-summary.ts'
import { marksOf } from './marks.ts'
import { instanceAtPlaces, moveInstance, type Rewritten } from './move-instance.ts'
import { setMarks } from './settle-identity.ts'

/** Two instances are one server: everything the other ever was becomes the kept one's. */
export function mergeInstances(
  transaction: Transaction,
  { keep, other }: { readonly keep: string; readonly other: string },
): Result<InstanceAnnotations> {
  const { store } = transaction
  const [into, from] = [findInstance(store, keep), findInstance(store, other)]
  if (!into.ok) return into
  if (!from.ok) return from
  if (into.value.id === from.value.id) return fail('merge-same', { instance: keep })
  if (into.value.site_id !== from.value.site_id)
    return fail('merge-sites', { first: into.value.site, second: from.value.site })
  merge(transaction, into.value.id, from.value.id)
  return done(transaction, into.value.id)
}

function merge({ store, now, actor }: Transaction, into: number, from: number): void {
  const links = identity.linksOf(store, { instance: from })
  for (const link of links) {
    const reason = link.unlinked_at === null ? 'merged' : link.reason
    identity.rewriteLink(store, { id: link.id, instance: into, reason, unlinkedAt: link.unlinked_at })
  }
  setMerged(store, { id: from, into })
  const rewritten: Rewritten = { before: links, added: [], merged: true }
  note(store, { at: now, kind: 'merged', actor, from, to: into }, rewritten)
  decide({ store, now, actor }, 'instance.merged', into, { from })
  remark(store, into)
  identity.removeMarks(store, { instance: from })
}

/** One way in is a server of its own. */
export function splitInstance(
  transaction: Transaction,
  { instance: name, endpoint }: { readonly instance: string; readonly endpoint: string },
): Result<InstanceAnnotations> {
  const { store } = transaction
  const found = findInstance(store, name)
  if (!found.ok) return found
  const { id } = found.value
  const places = identity.placesOf(store, { instance: id })
  const chosen = places.filter(place => isMeant(place, endpoint.trim()))
  if (chosen.length === 0) return fail('endpoint-unknown', { endpoint, instance: id })
  if (chosen.length === places.length) return fail('split-last', { instance: id })
  const since = Math.min(...chosen.map(place => place.linked_at))
  return done(transaction, split(transaction, id, chosen, since))
}

/** Named by address and port, with scheme and path where the same port has several ways in. */
function isMeant(place: identity.PlaceRecord, text: string): boolean {
  const at = formatAddressPort(place.address, place.port)
  return text === at || text === `${place.scheme}://${at}${place.base_path}`
}

/** What the places were from an instant on becomes a new instance's. */
function split(
  { store, now, actor }: Transaction,
  from: number,
  places: readonly identity.PlaceRecord[],
  since: number,
): number {
  const before = places.flatMap(place => identity.linkById(store, { id: place.link_id }) ?? [])
  for (const link of before) closeLink(store, link, since)
  const to = instanceAtPlaces(store, from, places, since, 'split')
  const added = identity.linksOf(store, { instance: to }).map(link => link.id)
  note(store, { at: now, kind: 'split', actor, from, to }, { before, added, merged: false })
  decide({ store, now, actor }, 'instance.split', from, { to, places: places.map(place => place.id) })
  for (const id of [from, to]) {
    refreshInstance(store, id)
    remark(store, id)
  }
  return to
}

/** A link that would end when it began never was. */
function closeLink(store: WritableStore, link: identity.LinkRow, at: number): void {
  const { id, instance_id: instance, reason } = link
  identity.rewriteLink(store, { id, instance, reason, unlinkedAt: Math.max(at, link.linked_at) })
}

/** Takes back the last rewriting an instance was part of, whether a scan or a person did it. It is not followed again. */
export function undoIdentity(transaction: Transaction, name: string): Result<InstanceAnnotations> {
  const { store, now, actor } = transaction
  const found = findInstance(store, name)
  if (!found.ok) return found
  const last = identity
    .changesOf(store, { instance: found.value.id })
    .find(change => change.undone_at === null)
  if (last === undefined) return fail('nothing-to-undo', { instance: found.value.id })
  const { before, added, merged } = JSON.parse(last.links) as Rewritten
  const later = [last.from_instance, last.to_instance]
    .flatMap(instance => identity.changesOf(store, { instance }))
    .find(change => change.id > last.id && change.undone_at === null)
  if (later !== undefined) return fail('undo-later', { instance: later.from_instance })
  for (const id of added) identity.removeLink(store, { id })
  for (const link of before) {
    const standing = identity.standingLink(store, { endpoint: link.endpoint_id })
    // Somebody else was found there since: the old link stays closed.
    const isTaken = link.unlinked_at === null && standing !== undefined && standing.id !== link.id
    const unlinkedAt = isTaken ? now : link.unlinked_at
    identity.rewriteLink(store, { id: link.id, instance: link.instance_id, reason: link.reason, unlinkedAt })
  }
  if (merged) setMerged(store, { id: last.from_instance, into: null })
  if (last.kind === 'split') setMerged(store, { id: last.to_instance, into: last.from_instance })
  identity.undoneChange(store, { id: last.id, at: now, by: actor })
  forbid(transaction, last)
  for (const id of [last.from_instance, last.to_instance]) {
    refreshInstance(store, id)
    remark(store, id)
  }
  decide(transaction, 'instance.undone', found.value.id, { change: last.id, kind: last.kind })
  return done(transaction, found.value.id)
}

/** A move that was taken back is a question that was answered. */
function forbid({ store, now, actor }: Transaction, change: identity.IdentityChangeRecord): void {
  if (change.kind !== 'moved' || change.scan_id === null) return
  const members = [change.from_instance, change.to_instance]
  const key = moveKey(change.from_instance, change.to_instance)
  const text = {
    key,
    members: JSON.stringify(members),
    confidence: 0,
    reason: 'few-models',
    details: '{"found":1}',
  }
  const known = identity.proposalByKey(store, { key })
  const id =
    known?.id ??
    identity.addProposal(store, { ...text, kind: 'moved', state: 'open', at: now, scan: change.scan_id }).id
  identity.closeProposal(store, { id, state: 'dismissed', at: now, by: actor })
}

/** Answers a question: what was proposed is so, or is not. */
export function answerProposal(
  transaction: Transaction,
  { proposal: id, accept }: { readonly proposal: number; readonly accept: boolean },
): Result<InstanceAnnotations> {
  const { store, now, actor } = transaction
  const proposal = identity.proposalById(store, { id })
  if (proposal === undefined || proposal.state !== 'open') return fail('proposal-unknown', { proposal: id })
  const members = (JSON.parse(proposal.members) as number[]).map(each => stayingId(store, each))
  const [first = 0] = members
  identity.closeProposal(store, { id, state: accept ? 'accepted' : 'dismissed', at: now, by: actor })
  decide(transaction, accept ? 'identity.accepted' : 'identity.dismissed', first, {
    proposal: id,
    key: proposal.key,
  })
  const staying = accept ? carryOut(transaction, proposal, members) : first
  // What its place shows is its own, a person says: it is known by that from now on.
  if (!accept && proposal.kind === 'replaced') remark(store, first)
  return done(transaction, staying)
}

/** Takes a no back: the question stands again. */
export function reopenProposal(
  transaction: Transaction,
  { proposal: id }: { readonly proposal: number },
): Result<InstanceAnnotations> {
  const { store } = transaction
  const proposal = identity.proposalById(store, { id })
  if (proposal === undefined || proposal.state !== 'dismissed')
    return fail('proposal-unknown', { proposal: id })
  const [first = 0] = (JSON.parse(proposal.members) as number[]).map(each => stayingId(store, each))
  identity.reopenProposal(store, { id })
  decide(transaction, 'identity.reopened', first, { proposal: id, key: proposal.key })
  return done(transaction, first)
}

function carryOut(
  transaction: Transaction,
  proposal: identity.ProposalRecord,
  members: readonly number[],
): number {
  const { store } = transaction
  const [first = 0, second = 0] = members
  if (proposal.kind === 'replaced') {
    const places = identity.placesOf(store, { instance: first })
    return split(transaction, first, places, Math.min(...places.map(place => place.first_at)))
  }
  if (proposal.kind === 'clones') {
    for (const other of members.slice(1)) if (other !== first) merge(transaction, first, other)
    return first
  }
  if (first === second) return first
  if (JSON.parse(proposal.details).found === 1) merge(transaction, second, first)
  else take(transaction, { known: second, subject: first }, identity.placesOf(store, { instance: first }))
  return second
}

/** Gives places to whom they are said to belong; who answers where that one was is the next question. */
function take(
  transaction: Transaction,
  { known, subject }: { readonly known: number; readonly subject: number },
  places: readonly identity.PlaceRecord[],
): void {
  const { store, now, actor } = transaction
  const since = Math.min(...places.map(place => place.first_at))
  const endpoints = places.map(place => place.id)
  const left = moveInstance(store, { known, subject, endpoints, since, isWhole: false, scan: null, actor })
  remark(store, known)
  const answering = left.filter(place => place.outcome === 'answered')
  if (answering.length === 0) return
  const next = identity.openProposals(store, {}).find(each => isAboutPlaceOf(each, known))
  if (next === undefined) {
    const begun = Math.min(...answering.map(place => place.first_at))
    remark(store, instanceAtPlaces(store, known, answering, begun, 'split'))
    return
  }
  // Two that changed places: said of one, it is said of the other.
  identity.closeProposal(store, { id: next.id, state: 'accepted', at: now, by: actor })
  const [, other = 0] = JSON.parse(next.members) as number[]
  take(transaction, { known: stayingId(store, other), subject: known }, answering)
}

function isAboutPlaceOf({ kind, members, details }: identity.ProposalRecord, instance: number): boolean {
  return kind === 'moved' && JSON.parse(members)[0] === instance && JSON.parse(details).found === 0
}

function stayingId(store: WritableStore, id: number): number {
  const record = instanceById(store, { id })
  return record?.merged_into == null ? id : stayingId(store, record.merged_into)
}

/** An instance is known by what its places showed last. */
function remark(store: WritableStore, instance: number): void {
  const places = identity.placesOf(store, { instance })
  const models = places.flatMap(({ snapshot_id }) =>
    snapshot_id === null ? [] : (readSnapshot(store, snapshot_id).models ?? []),
  )
  const marks = marksOf(models)
  if (marks.length > 0) setMarks(store, instance, marks)
}

function note(
  store: WritableStore,
  change: { at: number; kind: string; actor: string; from: number; to: number },
  links: Rewritten,
): void {
  identity.addIdentityChange(store, { ...change, scan: null, links: JSON.stringify(links) })
}

function decide(
  { store, now, actor }: Pick<Transaction, 'store' | 'now' | 'actor'>,
  kind: string,
  instance: number,
  body: object,
): void {
  addDecision(store, { at: now, actor, kind, subject: `instance ${instance}`, body: JSON.stringify(body) })
}

function done({ store }: Transaction, id: number): Result<InstanceAnnotations> {
  refreshInstance(store, id)
  const record: InstanceRecord | undefined = instanceById(store, { id: stayingId(store, id) })
  return record === undefined
    ? fail('instance-unknown', { instance: id })
    : succeed(annotationsOf(store, record))
}
