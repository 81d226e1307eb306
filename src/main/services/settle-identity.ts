import { type Move, moveKey, type Proposal, type Settlement, settle } from '../governance/identity.ts'
import { derivingTransaction } from '../store/checkpoints.ts'
import * as identity from '../store/identity.ts'
import { highestIds } from '../store/seals.ts'
import { keepSetting, settingNamed } from '../store/settings.ts'
import type { WritableStore } from '../store/statement.ts'
import { type Examined, examine, gatherEvidence, isAtHome, type Settled } from './identity-evidence.ts'
import { instanceAtPlaces, moveInstance } from './move-instance.ts'
import type { Recording } from './recording.ts'

/**
 * Decides who is who after a sweep: follows what is certain, keeps the rest as questions, and notes by what every instance
 * is known from now on. Costs by what was new in the scan and by the questions that are open.
 */
export function settleIdentity(recording: Recording, at: number): void {
  const { store, scan } = recording
  const examined = examine(store, scan, settledSoFar(store))
  const evidence = gatherEvidence(store, scan, examined)
  const settlement = settle(evidence)
  derivingTransaction(store, () => {
    // Where each is seen now, before any of them moves.
    const byId = new Map(examined.map(each => [each.id, each]))
    for (const move of settlement.moves) followMove(recording, move, byId)
    const strangers = new Map(
      settlement.moves.flatMap(({ known, leavesStranger }) =>
        leavesStranger ? [[known, welcomeStranger(recording, byId.get(known))] as const] : [],
      ),
    )
    noteProposals(recording, settlement, strangers, examined, at)
    noteMarks(store, settlement, examined)
    keepSetting(store, { name: markers.until, value: String(at) })
    keepSetting(store, { name: markers.spell, value: String(highestIds(store).spell) })
  })
}

const markers = { until: 'identity-settled-until', spell: 'identity-settled-spell' } as const

/** What was seen since then may not be settled yet, because a scan was interrupted. */
function settledSoFar(store: WritableStore): Settled {
  const number = (name: string) => Number(settingNamed(store, { name })?.value ?? 0)
  return { until: number(markers.until), spell: number(markers.spell) }
}

function followMove(
  recording: Recording,
  { subject, known }: Move,
  examined: ReadonlyMap<number, Examined>,
): void {
  const found = examined.get(subject)
  if (found?.subject == null) return
  const { store, scan, ledger } = recording
  const isFound = found.subject.before === null
  const lost = moveInstance(store, {
    known,
    subject,
    endpoints: found.places.map(place => place.id),
    since: found.subject.since,
    isWhole: isFound,
    scan: scan.id,
    actor: null,
  })
  if (isFound) {
    recording.seen.delete(subject)
    if (recording.fresh.delete(subject)) ledger.counts.new--
    else ledger.counts.seen--
  }
  recording.seen.add(known)
  recording.company.instances.add(known)
  if (lost.some(place => place.first_scan_id === scan.id && place.outcome !== 'answered'))
    ledger.counts.missing--
  if (!recording.changed.has(known)) {
    recording.changed.add(known)
    ledger.counts.changed++
  }
}

/** Who answers at the place of an instance that was found elsewhere becomes an instance of its own. */
function welcomeStranger(recording: Recording, examined: Examined | undefined): number {
  if (examined?.subject == null) throw new Error('a stranger nobody looked at')
  const { store, ledger } = recording
  const { since } = examined.subject
  const stranger = instanceAtPlaces(store, examined.id, examined.places, since, 'first-seen')
  setMarks(store, stranger, examined.marks)
  recording.fresh.add(stranger)
  recording.seen.add(stranger)
  recording.company.instances.add(stranger)
  ledger.counts.new++
  ledger.counts.seen++
  return stranger
}

/** Open questions of those that were examined are asked anew, or are settled by what is known now. */
function noteProposals(
  { store, scan }: Recording,
  { proposals, moves }: Settlement,
  strangers: ReadonlyMap<number, number>,
  examined: readonly Examined[],
  at: number,
): void {
  const looked = new Set(examined.map(each => each.id))
  const followed = new Set(moves.map(move => move.known))
  const newcomers = examined.flatMap(({ subject }) => (subject?.before === null ? [subject.id] : []))
  const merged = new Set(newcomers.filter(id => moves.some(move => move.subject === id)))
  const found = new Set([...newcomers, ...strangers.values()])
  const open = identity.openProposals(store, {})
  const asked = new Set<number>()
  for (const proposal of proposals) {
    asked.add(ask(store, aboutStranger(proposal, strangers), found, open, scan.id, at))
  }
  for (const { id, kind, members, details } of open) {
    if (kind === 'clones' || asked.has(id)) continue
    const [subject = 0, known = 0] = JSON.parse(members) as number[]
    const isAboutPlace = kind === 'replaced' || JSON.parse(details).found === 0
    // A place shows its own again, or its instance was found elsewhere. Who somebody is stays a question, though what
    // they had in common is gone, until the other one is seen.
    const isSettled = isAboutPlace
      ? looked.has(subject) || followed.has(subject)
      : merged.has(subject) || isAtHome(store, scan.id, known)
    if (isSettled) identity.closeProposal(store, { id, state: 'settled', at, by: null })
  }
}

/** Who is asked about at a place is the stranger there, once its former instance was found elsewhere. */
function aboutStranger(proposal: Proposal, strangers: ReadonlyMap<number, number>): Proposal {
  const [subject = 0, ...others] = proposal.members
  const stranger = strangers.get(subject)
  if (proposal.kind !== 'moved' || stranger === undefined) return proposal
  return { ...proposal, key: moveKey(stranger, others[0] ?? 0), members: [stranger, ...others] }
}

function ask(
  store: WritableStore,
  proposal: Proposal,
  found: ReadonlySet<number>,
  open: readonly identity.ProposalRecord[],
  scan: number,
  at: number,
): number {
  const members = proposal.kind === 'clones' ? widened(proposal.members, open) : proposal.members
  const isFound = found.has(proposal.members[0] ?? 0)
  const text = {
    key: proposal.kind === 'clones' ? `clones ${members.join(' ')}` : proposal.key,
    members: JSON.stringify(members),
    confidence: proposal.confidence,
    reason: proposal.reason,
    details: JSON.stringify({
      ...proposal.details,
      ...(proposal.kind === 'clones' && { servers: members.length }),
      ...(proposal.kind === 'moved' && { found: Number(isFound) }),
    }),
  }
  const known =
    identity.proposalByKey(store, { key: text.key }) ??
    (proposal.kind === 'clones' ? sameClones(members, open) : undefined)
  if (known === undefined) {
    return identity.addProposal(store, { ...text, kind: proposal.kind, state: 'open', at, scan }).id
  }
  identity.updateProposal(store, { id: known.id, ...text })
  return known.id
}

/** A group grows by whoever shows the same later. */
function widened(members: readonly number[], open: readonly identity.ProposalRecord[]): number[] {
  const known = sameClones(members, open)
  const before = known === undefined ? [] : (JSON.parse(known.members) as number[])
  return [...new Set([...members, ...before])].sort((a, b) => a - b)
}

function sameClones(members: readonly number[], open: readonly identity.ProposalRecord[]) {
  return open.find(
    ({ kind, members: text }) =>
      kind === 'clones' && (JSON.parse(text) as number[]).some(id => members.includes(id)),
  )
}

/** Who is in doubt stays known by what it was before the doubt. */
function noteMarks(store: WritableStore, { moves }: Settlement, examined: readonly Examined[]): void {
  const movedTo = new Map(moves.map(move => [move.subject, move.known]))
  const found = new Set(moves.map(move => move.known))
  for (const { id, subject, marks, isKnownSo, isUnknown } of examined) {
    const known = movedTo.get(id)
    const isInDoubt = subject !== null && subject.before !== null
    if (known !== undefined) setMarks(store, known, marks)
    // Somebody else's now, or nobody's.
    if (known !== undefined && subject?.before === null) identity.removeMarks(store, { instance: id })
    if (known !== undefined || found.has(id) || isInDoubt || isKnownSo) continue
    if (isUnknown) addMarks(store, id, marks)
    else if (marks.length > 0) setMarks(store, id, marks)
  }
}

/** By what an instance is known from now on. */
export function setMarks(store: WritableStore, instance: number, marks: readonly number[]): void {
  identity.removeMarks(store, { instance })
  addMarks(store, instance, marks)
}

function addMarks(store: WritableStore, instance: number, marks: readonly number[]): void {
  for (const mark of marks) identity.addMark(store, { mark, instance })
}
