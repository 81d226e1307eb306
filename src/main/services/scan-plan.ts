import { compareAddresses, formatAddress, parseAddress } from '#shared/domain/address.ts'
import {
  type AddressBlock,
  blockContains,
  blocksOverlap,
  formatBlock,
  parseBlock,
} from '#shared/domain/address-block.ts'
import { needsVantage } from '#shared/domain/address-kind.ts'
import { endOfDate, type Instant, isoInstant } from '#shared/domain/instant.ts'
import type { PlannedBlock, ScanPlan } from '#shared/domain/plan.ts'
import { profiles } from '#shared/domain/profile.ts'
import type { PlannedRange, ScanRequest, ScanStarted } from '#shared/domain/scan.ts'
import { isWindowOpen, nextWindowOpening } from '#shared/domain/scan-window.ts'
import type { Vantage } from '#shared/domain/vantage.ts'
import { type Failure, fail, type Result, succeed } from '#shared/result.ts'
import { placeTowards, type Surroundings, vantageTowards } from '../scanner/vantage.ts'
import type { RangeRecord } from '../store/ranges.ts'
import { addressesOf, groupCandidates, type ImportedIn } from './candidates.ts'
import { readPorts } from './range-terms.ts'
import { blockOf, isInForce, pacingOf } from './ranges.ts'

/** A part of a registered range that a scan will visit. */
interface Piece {
  readonly range: RangeRecord
  readonly block: AddressBlock
}

export interface Selection {
  readonly pieces: readonly Piece[]
  readonly leftOut: ScanStarted['leftOut']
}

/**
 * Which parts of which ranges a request means. Blocks that are named must lie inside ranges whose authorisation is in
 * force, or nothing is scanned at all; without names, what is not in force is left out and said so.
 */
export function selectPieces(
  request: ScanRequest,
  registered: readonly RangeRecord[],
  now: Instant,
): Result<Selection> {
  const site = request.site?.trim().toLowerCase()
  const ranges = registered.filter(range => site === undefined || range.site.toLowerCase() === site)
  if (site !== undefined && ranges.length === 0) return fail('site-unknown', { site: request.site ?? '' })
  const refusals = new Map(ranges.map(range => [range.id, refusalOf(range, request, now)]))
  const usable = ranges.filter(range => refusals.get(range.id) === null)
  const refused = ranges.flatMap(range => refusals.get(range.id) ?? [])
  if (request.ranges !== undefined && request.ranges.length > 0) {
    return selectNamed(request.ranges, usable, ranges, refusals)
  }
  if (usable.length === 0) return { ok: false, failure: refused[0] ?? fail('nothing-to-scan').failure }
  const leftOut = ranges.flatMap(range => {
    const failure = refusals.get(range.id) ?? null
    return failure === null ? [] : [{ block: range.block, site: range.site, failure }]
  })
  return succeed({ pieces: usable.map(range => ({ range, block: blockOf(range) })), leftOut })
}

/** Why a range may not be scanned now, or null. */
function refusalOf(range: RangeRecord, { wait }: ScanRequest, now: Instant): Failure | null {
  const { block, valid_until } = range
  if (!isInForce(range, now)) return fail('authorisation-expired', { block, validUntil: valid_until }).failure
  const { windows } = pacingOf(range)
  if (windows === null || wait === true || isWindowOpen(windows, now)) return null
  const opens = nextWindowOpening(windows, now)
  return fail('window-closed', { block, opensAt: opens === null ? '' : isoInstant(opens) }).failure
}

function selectNamed(
  texts: readonly string[],
  usable: readonly RangeRecord[],
  registered: readonly RangeRecord[],
  refusals: ReadonlyMap<number, Failure | null>,
): Result<Selection> {
  const pieces: Piece[] = []
  for (const text of texts) {
    const wanted = parseBlock(text)
    if (!wanted.ok) return wanted
    const found = cutOut(wanted.value, usable)
    if (!covers(found, wanted.value)) {
      const touched = registered.filter(range => blocksOverlap(blockOf(range), wanted.value))
      const failure = touched.map(range => refusals.get(range.id)).find(each => each != null)
      return {
        ok: false,
        failure: failure ?? fail('scope-outside', { block: formatBlock(wanted.value) }).failure,
      }
    }
    pieces.push(...found)
  }
  return succeed({ pieces, leftOut: [] })
}

function cutOut(wanted: AddressBlock, ranges: readonly RangeRecord[]): Piece[] {
  return ranges.flatMap(range => {
    const whole = blockOf(range)
    if (!blocksOverlap(whole, wanted)) return []
    const first = compareAddresses(whole.first, wanted.first) > 0 ? whole.first : wanted.first
    const last = compareAddresses(whole.last, wanted.last) < 0 ? whole.last : wanted.last
    return [{ range, block: { first, last } }]
  })
}

/** Whether the pieces together leave nothing of the block out. */
function covers(pieces: readonly Piece[], wanted: AddressBlock): boolean {
  const sorted = pieces.map(piece => piece.block).sort((a, b) => compareAddresses(a.first, b.first))
  let next = wanted.first.value
  for (const block of sorted) {
    if (block.first.value > next) return false
    if (block.last.value >= next) next = block.last.value + 1n
  }
  return next > wanted.last.value
}

export interface PlannedScan {
  readonly plan: ScanPlan
  /** What each block of the plan is part of, in its order. */
  readonly ranges: readonly Omit<PlannedRange, 'coverage'>[]
  /** Where each site is looked at from; sites with nothing but loopback and public addresses need none. */
  readonly vantages: readonly { readonly siteId: number; readonly site: string; readonly vantage: Vantage }[]
  /** What the scan as a whole is said to have looked from. */
  readonly vantage: Vantage | null
}

export interface PlanSettings {
  readonly seed: number
  readonly userAgent: string
}

/** Freezes what a scan will do: blocks with their ports and authorisations, everything excluded, pace, and vantage. */
export function planScan(
  request: ScanRequest,
  selection: Selection,
  registered: readonly RangeRecord[],
  surroundings: Surroundings,
  settings: PlanSettings,
  imported: ImportedIn,
): Result<PlannedScan> {
  const profile = request.profile ?? 'normal'
  const rate = request.rate ?? profiles[profile].rate
  if (!Number.isInteger(rate) || rate < 1 || rate > 100_000) return fail('rate-malformed', { rate })
  const chosen = readPorts(request.ports ?? [])
  if (!chosen.ok) return chosen
  const override = (request.ports ?? []).length > 0 ? chosen.value : null
  const onlyCandidates = request.candidates === true
  const parts = selection.pieces.flatMap(piece => {
    const planned = planPiece(piece, override, surroundings, imported)
    return onlyCandidates ? candidateParts(planned, imported) : [planned]
  })
  if (onlyCandidates && parts.length === 0) return fail('candidates-none')
  const nowhere = parts.find(part => needsVantage(part.piece.block) && part.vantage === null)
  if (nowhere !== undefined) return fail('vantage-unknown', { site: nowhere.piece.range.site, vantage: '' })

  const vantages = parts.flatMap(({ piece: { range }, block: { vantage } }) =>
    vantage === null ? [] : [{ siteId: range.site_id, site: range.site, vantage }],
  )
  const usual = profiles[profile]
  const waits = request.wait === true
  const explains = request.explain === true
  const pace = {
    ...usual,
    profile,
    waits,
    explains,
    onlyCandidates,
    rate,
    networkRate: Math.max(usual.networkRate, rate / 10),
    ...settings,
  }
  return succeed({
    plan: { ...pace, blocks: parts.map(part => part.block), exclusions: exclusionsOf(selection, registered) },
    ranges: parts.map(({ piece, block }) => plannedRange(piece, block.ports)),
    vantages,
    vantage: vantages[0]?.vantage ?? parts[0]?.vantage ?? null,
  })
}

interface PlannedPiece {
  readonly piece: Piece
  readonly block: PlannedBlock
  /** Where it is looked at from, whether that matters or not. */
  readonly vantage: Vantage | null
}

function planPiece(
  piece: Piece,
  ports: number[] | null,
  surroundings: Surroundings,
  imported: ImportedIn,
): PlannedPiece {
  const { range, block } = piece
  const vantage = vantageTowards(block.first, surroundings)
  const isBound = needsVantage(block)
  const { windows, candidates } = pacingOf(range)
  const planned = {
    rangeId: range.id,
    siteId: range.site_id,
    first: formatAddress(block.first),
    last: formatAddress(block.last),
    ports: ports ?? (JSON.parse(range.ports) as number[]),
    // Of a prefix too large to enumerate: what its terms list, and what imports name in it.
    candidates:
      candidates === null
        ? null
        : addressesOf([
            ...candidatesIn(block, candidates).map(address => ({ address, port: 0 })),
            ...imported(range.site_id, block),
          ]),
    validBefore: endOfDate(range.valid_until) ?? 0,
    windows,
    reverseDns: range.reverse_dns === 1,
    networkRate: range.network_rate,
    place: isBound ? placeTowards(block.first, surroundings) : null,
    vantage: isBound ? vantage : null,
  }
  return { piece, block: planned, vantage }
}

/** Nothing of a piece but what imports name in it. */
function candidateParts(planned: PlannedPiece, imported: ImportedIn): PlannedPiece[] {
  const { range, block } = planned.piece
  return groupCandidates(imported(range.site_id, block), planned.block.ports).map(({ addresses, ports }) => ({
    ...planned,
    block: { ...planned.block, candidates: addresses, ports },
  }))
}

function plannedRange({ range, block }: Piece, ports: readonly number[]): Omit<PlannedRange, 'coverage'> {
  return {
    rangeId: range.id,
    site: range.site,
    block: formatBlock(block),
    ports: [...ports],
    authorisedBy: range.authorised_by,
    reference: range.reference,
    validUntil: range.valid_until,
  }
}

/** The candidates that lie in the part of the range that is asked for. */
function candidatesIn(block: AddressBlock, candidates: readonly string[]): string[] {
  return candidates.filter(text => {
    const address = parseAddress(text)
    return address !== null && blockContains(block, { first: address, last: address })
  })
}

/** Exclusions win over every range of their site, also over one that was registered for the same addresses later. */
function exclusionsOf(selection: Selection, registered: readonly RangeRecord[]): ScanPlan['exclusions'] {
  const sites = new Set(selection.pieces.map(piece => piece.range.site_id))
  return exclusionsIn(registered.filter(range => sites.has(range.site_id)))
}

function exclusionsIn(ranges: readonly RangeRecord[]): { first: string; last: string }[] {
  const texts = new Set(ranges.flatMap(range => JSON.parse(range.exclusions) as string[]))
  return [...texts].map(text => {
    const block = blockOf({ block: text })
    return { first: formatAddress(block.first), last: formatAddress(block.last) }
  })
}

/** The block of a frozen plan that may no longer be scanned as planned, or null. */
export function changedSince(
  plan: ScanPlan,
  registered: readonly RangeRecord[],
  now: Instant,
): string | null {
  const excluded = new Set(plan.exclusions.map(({ first, last }) => `${first}-${last}`))
  for (const { rangeId, first, last, reverseDns } of plan.blocks) {
    const range = registered.find(each => each.id === rangeId)
    const isGone = range === undefined || !isInForce(range, now)
    if (isGone) return first === last ? first : `${first}-${last}`
    // Switched off since: the frozen plan would still ask.
    if (reverseDns && range.reverse_dns === 0) return range.block
    const added = exclusionsIn(registered.filter(each => each.site_id === range.site_id))
    if (added.some(block => !excluded.has(`${block.first}-${block.last}`))) return range.block
  }
  return null
}

export function placeNow(address: string, surroundings: Surroundings): string | null {
  const parsed = parseAddress(address)
  return parsed === null ? null : placeTowards(parsed, surroundings)
}

/** The vantages a frozen plan is bound to. */
export function vantagesOf(plan: ScanPlan, registered: readonly RangeRecord[]): PlannedScan['vantages'] {
  return plan.blocks.flatMap(({ siteId, vantage }) => {
    const site = registered.find(range => range.site_id === siteId)?.site ?? ''
    return vantage === null ? [] : [{ siteId, site, vantage }]
  })
}
