import { compareAddresses, formatAddress } from '#shared/domain/address.ts'
import { type AddressBlock, blocksOverlap, formatBlock, parseBlock } from '#shared/domain/address-block.ts'
import { needsVantage } from '#shared/domain/address-kind.ts'
import { endOfDate, type Instant } from '#shared/domain/instant.ts'
import type { PlannedBlock, ScanPlan } from '#shared/domain/plan.ts'
import type { PlannedRange, ScanRequest, ScanStarted } from '#shared/domain/scan.ts'
import type { Vantage } from '#shared/domain/vantage.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { placeTowards, type Surroundings, vantageTowards } from '../scanner/vantage.ts'
import type { RangeRecord } from '../store/ranges.ts'
import { blockOf, isInForce, readPorts } from './ranges.ts'

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
  const expired = ranges.filter(range => !isInForce(range, now))
  const inForce = ranges.filter(range => isInForce(range, now))
  if (request.ranges !== undefined && request.ranges.length > 0)
    return selectNamed(request.ranges, inForce, expired)
  if (inForce.length === 0) {
    const first = expired[0]
    return first === undefined
      ? fail('nothing-to-scan')
      : fail('authorisation-expired', { block: first.block, validUntil: first.valid_until })
  }
  const leftOut = expired.map(range => ({
    block: range.block,
    site: range.site,
    code: 'authorisation-expired',
    validUntil: range.valid_until,
  }))
  return succeed({ pieces: inForce.map(range => ({ range, block: blockOf(range) })), leftOut })
}

function selectNamed(
  texts: readonly string[],
  inForce: readonly RangeRecord[],
  expired: readonly RangeRecord[],
): Result<Selection> {
  const pieces: Piece[] = []
  for (const text of texts) {
    const wanted = parseBlock(text)
    if (!wanted.ok) return wanted
    const found = cutOut(wanted.value, inForce)
    if (!covers(found, wanted.value)) {
      const old = expired.find(range => blocksOverlap(blockOf(range), wanted.value))
      if (old !== undefined)
        return fail('authorisation-expired', { block: old.block, validUntil: old.valid_until })
      return fail('scope-outside', { block: formatBlock(wanted.value) })
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
  readonly ranges: PlannedRange[]
  /** Where each site is looked at from; sites with nothing but loopback and public addresses need none. */
  readonly vantages: readonly { readonly siteId: number; readonly site: string; readonly vantage: Vantage }[]
  /** What the scan as a whole is said to have looked from. */
  readonly vantage: Vantage | null
}

/** Default pace. Gentle enough for an office network: a /24 takes three seconds, a /16 a little over a minute. */
export const defaultPace = { rate: 1000, networkRate: 100, concurrency: 512, connectTimeoutMs: 1500 } as const

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
): Result<PlannedScan> {
  const rate = request.rate ?? defaultPace.rate
  if (!Number.isInteger(rate) || rate < 1 || rate > 100_000) return fail('rate-malformed', { rate })
  const chosen = readPorts(request.ports ?? [])
  if (!chosen.ok) return chosen
  const override = (request.ports ?? []).length > 0 ? chosen.value : null
  const parts = selection.pieces.map(piece => planPiece(piece, override, surroundings))
  const nowhere = parts.find(part => needsVantage(part.piece.block) && part.vantage === null)
  if (nowhere !== undefined) return fail('vantage-unknown', { site: nowhere.piece.range.site, vantage: '' })

  const vantages = parts.flatMap(({ piece: { range }, block: { vantage } }) =>
    vantage === null ? [] : [{ siteId: range.site_id, site: range.site, vantage }],
  )
  const pace = {
    ...defaultPace,
    rate,
    networkRate: Math.max(defaultPace.networkRate, rate / 10),
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

function planPiece(piece: Piece, ports: number[] | null, surroundings: Surroundings): PlannedPiece {
  const { range, block } = piece
  const vantage = vantageTowards(block.first, surroundings)
  const isBound = needsVantage(block)
  const planned = {
    rangeId: range.id,
    siteId: range.site_id,
    first: formatAddress(block.first),
    last: formatAddress(block.last),
    ports: ports ?? (JSON.parse(range.ports) as number[]),
    validBefore: endOfDate(range.valid_until) ?? 0,
    place: isBound ? placeTowards(block.first, surroundings) : null,
    vantage: isBound ? vantage : null,
  }
  return { piece, block: planned, vantage }
}

function plannedRange({ range, block }: Piece, ports: readonly number[]): PlannedRange {
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

/** Exclusions win over every range of their site, also over one that was registered for the same addresses later. */
function exclusionsOf(selection: Selection, registered: readonly RangeRecord[]): ScanPlan['exclusions'] {
  const sites = new Set(selection.pieces.map(piece => piece.range.site_id))
  const texts = registered
    .filter(range => sites.has(range.site_id))
    .flatMap(range => JSON.parse(range.exclusions) as string[])
  return [...new Set(texts)].map(text => {
    const block = blockOf({ block: text })
    return { first: formatAddress(block.first), last: formatAddress(block.last) }
  })
}
