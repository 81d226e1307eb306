import { createHash } from 'node:crypto'
import { auditValuesOfCommand } from '../store/audit-chain.ts'
import { markLooked } from '../store/last-looks.ts'
import { scanById, stopAbandonedScans } from '../store/scans.ts'
import { clearSealChanges } from '../store/sealed-spells.ts'
import * as seals from '../store/seals.ts'
import { type ReadableStore, transaction, type WritableStore } from '../store/statement.ts'
import { appendAudit } from './audit-chain.ts'
import type { RandomBytes } from './identity.ts'
import { scanReport } from './scan-report.ts'
import { type SealedSet, setOf, setsTouched } from './scan-sets.ts'

export const sealCommand = 'scan.sealed'
export const purgeCommand = 'history.purged'

interface Marks {
  readonly spell: number
  readonly endpoint: number
  readonly snapshot: number
}

/** What the chain says of the observations at the end of a scan. */
export interface ScanSeal {
  readonly scan: number
  /** Status, times and coverage, as numbers. */
  readonly coverage: string
  /** The sets this scan changed, as they are now. */
  readonly sets: readonly SealedSet[]
  /** Endpoints, snapshots and models that came since the seal before, up to these ids. */
  readonly from: Marks
  readonly to: Marks
  readonly content: string
  /** Sets that were not any more what their seal had said: somebody changed them between two scans. */
  readonly unseen: readonly number[]
}

/** What the chain says after old history was purged: the sets and contents that lost something, as they are since. */
export interface PurgeSeal {
  readonly sets: readonly SealedSet[]
  readonly contents: readonly SealedContent[]
}

/** Endpoints, snapshots and models that came between two seals. */
export interface SealedContent {
  readonly scan: number
  readonly from: Marks
  readonly to: Marks
  readonly content: string
}

/** What the chain says now: of each set and content its newest seal. */
export interface SealState {
  readonly sets: ReadonlyMap<number, SealedSet & { readonly entry: number }>
  readonly scans: ReadonlyMap<number, { readonly coverage: string; readonly entry: number }>
  readonly contents: readonly (SealedContent & { readonly entry: number })[]
  readonly all: readonly (ScanSeal & { readonly entry: number })[]
  readonly marks: Marks
}

export interface Sealing {
  readonly store: WritableStore
  readonly now: () => number
  readonly randomBytes: RandomBytes
  readonly about: { readonly actor: string }
}

/** Puts the digest of what a scan saw and covered into the chain; call it in the transaction that ends the scan. */
export function sealScan({ store, now, randomBytes, about }: Sealing, scan: number): void {
  const state = readSeals(store)
  const sets = setsTouched(store, scan, { ...state.marks, seal: newest(state) })
  const unseen = [
    ...unlike(state, sets.touched, sets.before),
    ...strangers(store, state).filter(each => each !== scan && state.all.length > 0),
  ]
  clearSealChanges(store, {})
  const to = seals.highestIds(store)
  const seal: ScanSeal = {
    scan,
    coverage: coverageLine(store, scan),
    sets: sets.now,
    from: state.marks,
    to,
    content: contentDigest(store, state.marks, to),
    unseen,
  }
  const startedBy = scanById(store, { id: scan })?.started_by ?? about.actor
  const values = [
    { name: 'actor', value: startedBy },
    { name: 'account', value: about.actor },
    { name: 'seal', value: JSON.stringify(seal) },
  ] as const
  appendAudit(store, { at: now(), command: sealCommand, outcome: 'done', values }, randomBytes)
}

/** Scans nobody runs any more, because their process ended: stopped with the coverage they had, and sealed. */
export function endAbandonedScans(sealing: Sealing): void {
  const { store } = sealing
  transaction(store, () => {
    const running = new Set(
      seals
        .scansByStatus(store, {})
        .filter(({ status }) => status === 'running')
        .map(({ id }) => id),
    )
    stopAbandonedScans(store, { reason: 'interrupted' })
    for (const scan of running) markLooked(store, { scan })
    const sealed = readSeals(store).scans
    for (const { id } of seals.scansByStatus(store, {})) {
      if (running.has(id) || !sealed.has(id)) sealScan(sealing, id)
    }
  })
}

/** Reads the seals from the chain itself: nothing beside it could be trusted more. */
export function readSeals(store: ReadableStore): SealState {
  const all = sealsOf<ScanSeal>(store, sealCommand)
  const purges = sealsOf<PurgeSeal>(store, purgeCommand)
  const inOrder = [...all, ...purges].sort((a, b) => a.entry - b.entry)
  const sets = new Map(
    inOrder.flatMap(({ sets, entry }) => sets.map(set => [set.scan, { ...set, entry }] as const)),
  )
  const said = [
    ...all.map(({ scan, from, to, content, entry }) => ({ scan, from, to, content, entry })),
    ...purges.flatMap(({ contents, entry }) => contents.map(each => ({ ...each, entry }))),
  ]
  const contents = new Map(said.map(each => [JSON.stringify([each.from, each.to]), each]))
  const scans = new Map(all.map(({ scan, coverage, entry }) => [scan, { coverage, entry }] as const))
  return {
    sets,
    scans,
    contents: [...contents.values()],
    all,
    marks: all.at(-1)?.to ?? { spell: 0, endpoint: 0, snapshot: 0 },
  }
}

function sealsOf<S>(store: ReadableStore, command: string): (S & { readonly entry: number })[] {
  return auditValuesOfCommand(store, { command, name: 'seal' }).flatMap(({ id, value }) =>
    value === null ? [] : [{ ...(JSON.parse(value) as S), entry: id }],
  )
}

/**
 * Takes history away and puts into the chain what is left of what it held; call it in a transaction. What was not as
 * sealed even before is not sealed anew: that it was changed stays to be found.
 */
export function purgeSealed<T>(
  { store, now, randomBytes, about }: Sealing,
  lost: { readonly scans: ReadonlySet<number>; readonly snapshots: ReadonlySet<number> },
  remove: () => T,
): T {
  const state = readSeals(store)
  const unsound = new Set(altered(store, state, [...lost.scans]))
  const sets = [...lost.scans].filter(scan => state.sets.has(scan) && !unsound.has(scan))
  const contents = state.contents.filter(
    ({ from, to, content }) =>
      [...lost.snapshots].some(id => id > from.snapshot && id <= to.snapshot) &&
      contentDigest(store, from, to) === content,
  )
  const value = remove()
  const seal: PurgeSeal = {
    sets: sealedSets(store, state, sets),
    contents: contents.map(({ scan, from, to }) => ({
      ...{ scan, from, to },
      content: contentDigest(store, from, to),
    })),
  }
  const values = [
    { name: 'actor', value: about.actor },
    { name: 'account', value: about.actor },
    { name: 'seal', value: JSON.stringify(seal) },
  ] as const
  appendAudit(store, { at: now(), command: purgeCommand, outcome: 'done', values }, randomBytes)
  return value
}

/** Of some scans those whose observations are not what the chain says, apart from what a running scan is changing. */
export function altered(store: ReadableStore, state: SealState, scans: readonly number[]): number[] {
  const said = scans.filter(scan => state.sets.has(scan))
  return unlike(state, said, sealedSets(store, state, said))
}

/** Those that are not as they were sealed. Of a time before the chain nothing was said that could be wrong. */
function unlike(state: SealState, scans: readonly number[], found: readonly SealedSet[]): number[] {
  return scans.filter((scan, at) => {
    const said = state.sets.get(scan)
    return said !== undefined && (found[at]?.count !== said.count || found[at]?.digest !== said.digest)
  })
}

function sealedSets(store: ReadableStore, state: SealState, scans: readonly number[]): SealedSet[] {
  const sought = { scans: JSON.stringify(scans), highest: state.marks.spell, seal: newest(state) }
  return setsOf(scans, seals.sealedSpellLines(store, sought))
}

/** The entry of the newest seal of a scan; 0: there is none. */
export function newest({ all }: SealState): number {
  return all.at(-1)?.entry ?? 0
}

/** Scans of observations that came after the newest seal: only the running one should be among them. */
export function strangers(store: ReadableStore, { marks }: SealState): number[] {
  return seals.scansOfSpellsAbove(store, { id: marks.spell }).map(each => each.scan_id)
}

/** The set of each scan, from the lines of each as one text. */
function setsOf(
  scans: readonly number[],
  lines: Iterable<{ readonly scan: number; readonly count: number; readonly text: string }>,
): SealedSet[] {
  const found = new Map<number, SealedSet>()
  for (const { scan, count, text } of lines) found.set(scan, setOf(scan, count, text))
  return scans.map(scan => found.get(scan) ?? setOf(scan, 0, ''))
}

/** The digest of everything observations speak of that came between two seals. */
export function contentDigest(store: ReadableStore, from: Marks, to: Marks): string {
  const snapshots = { from: from.snapshot, to: to.snapshot }
  return digestOf([
    seals.endpointLines(store, { from: from.endpoint, to: to.endpoint }),
    seals.snapshotLines(store, snapshots),
    seals.artifactLines(store, snapshots),
  ])
}

function digestOf(groups: readonly (readonly { readonly line: string }[])[]): string {
  const hash = createHash('sha256')
  for (const lines of groups) {
    for (let at = 0; at < lines.length; at += 1000) {
      hash.update(lines.slice(at, at + 1000).reduce((text, { line }) => `${text}${line}\n`, ''))
    }
    hash.update('\n')
  }
  return hash.digest('hex')
}

/** What a scan did and what it covered, as text that is the same as long as the figures are. */
export function coverageLine(store: ReadableStore, scan: number): string {
  const { scan: about, coverage, instances, requests } = scanReport(store, scan)
  const { targets, answered, refused, silent, unreachable, failed, notReached, excluded } = coverage
  return JSON.stringify([
    ...[about.status, about.startedAt, about.finishedAt, about.reason],
    ...[targets, answered, refused, silent, unreachable, failed, notReached, excluded],
    ...[instances.seen, instances.new, instances.changed, instances.missing, requests.total],
  ])
}
