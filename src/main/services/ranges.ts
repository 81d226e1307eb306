import { formatAddress } from '#shared/domain/address.ts'
import {
  type AddressBlock,
  blockSize,
  formatBlock,
  largestBlockSize,
  parseBlock,
} from '#shared/domain/address-block.ts'
import { isPublic, notScannableIn, notScannableThroughout } from '#shared/domain/address-kind.ts'
import { endOfDate, type Instant, isoInstant } from '#shared/domain/instant.ts'
import type { Range, RangeEdit, RangeInput, Zone } from '#shared/domain/range.ts'
import { formatScanWindows, isWindowOpen, type ScanWindow } from '#shared/domain/scan-window.ts'
import type { RangeId, SiteId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { addDecision } from '../store/audit.ts'
import { addressKey } from '../store/keys.ts'
import {
  addRange as insertRange,
  type RangeRecord,
  rangeById,
  listRanges as readRanges,
  removeRange as retireRange,
  editRange as updateRange,
} from '../store/ranges.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Reading, Transaction } from './context.ts'
import { readTerms, type TermsInput } from './range-terms.ts'
import { siteNamed } from './sites.ts'

export function listRanges({ store, now }: Reading, site?: string): Range[] {
  const wanted = site?.toLowerCase()
  return readRanges(store, {})
    .filter(record => wanted === undefined || record.site.toLowerCase() === wanted)
    .map(record => rangeOf(record, now()))
}

/** Registers a range: what may be scanned, and who said so. */
export function addRange(transaction: Transaction, input: RangeInput): Result<Range> {
  const block = readBlock(input.block, input.candidates !== undefined)
  if (!block.ok) return block
  if (isPublic(block.value) && input.confirmPublic !== true) {
    return fail('range-public', { block: formatBlock(block.value) })
  }
  const terms = readTerms(input, block.value, transaction.now)
  if (!terms.ok) return terms
  const site = siteNamed(transaction, input.site)
  if (!site.ok) return site

  const text = formatBlock(block.value)
  const twin = readRanges(transaction.store, {}).find(
    range => range.site_id === site.value.id && range.block === text,
  )
  if (twin !== undefined) return fail('range-registered', { block: text, site: site.value.name, id: twin.id })

  const { id } = insertRange(transaction.store, {
    ...terms.value,
    site: site.value.id,
    first: addressKey(block.value.first),
    last: addressKey(block.value.last),
    block: text,
    at: transaction.now,
  })
  return decided(transaction, id, 'range.added', null)
}

/** Changes the terms of a range. What is not given stays as it is. */
export function editRange(transaction: Transaction, edit: RangeEdit): Result<Range> {
  const record = rangeById(transaction.store, { id: edit.id })
  if (record === undefined) return fail('range-unknown', { range: edit.id })
  const before: TermsInput = {
    authorisedBy: record.authorised_by,
    reference: record.reference,
    validUntil: record.valid_until,
    zone: record.zone,
    ports: JSON.parse(record.ports),
    exclusions: JSON.parse(record.exclusions),
    windows: record.windows === null ? '' : formatScanWindows(JSON.parse(record.windows)),
    networkRate: record.network_rate,
    candidates: record.candidates === null ? [] : JSON.parse(record.candidates),
  }
  const terms = readTerms({ ...before, ...withoutUndefined(edit) }, blockOf(record), transaction.now)
  if (!terms.ok) return terms
  const range = rangeOf(record, transaction.now)
  updateRange(transaction.store, { ...terms.value, id: edit.id })
  return decided(transaction, edit.id, 'range.edited', range)
}

/** Takes a range out of the register. What was seen there stays. */
export function removeRange(transaction: Transaction, id: number): Result<Range> {
  const record = rangeById(transaction.store, { id })
  if (record === undefined) return fail('range-unknown', { range: id })
  const removed = decided(transaction, id, 'range.removed', rangeOf(record, transaction.now))
  retireRange(transaction.store, { id, at: transaction.now })
  return removed
}

export function blockOf(record: Pick<RangeRecord, 'block'>): AddressBlock {
  const parsed = parseBlock(record.block)
  if (!parsed.ok) throw new Error(`stored range with a broken block: ${record.block}`)
  return parsed.value
}

/** Whether a range may be scanned at an instant. */
export function isInForce(record: Pick<RangeRecord, 'valid_until'>, at: Instant): boolean {
  return at < (endOfDate(record.valid_until) ?? 0)
}

function decided(
  { store, now, actor, changed }: Transaction,
  id: number,
  kind: string,
  before: Range | null,
): Result<Range> {
  const range = rangeOf(recordOf(store, id), now)
  addDecision(store, { at: now, actor, kind, subject: `range ${id}`, body: JSON.stringify(range) })
  changed(`range ${id}`, before, kind === 'range.removed' ? null : range)
  return succeed(range)
}

function recordOf(store: ReadableStore, id: number): RangeRecord {
  const record = rangeById(store, { id })
  if (record === undefined) throw new Error(`range ${id} was just written and is gone`)
  return record
}

function rangeOf(record: RangeRecord, now: Instant): Range {
  const block = blockOf(record)
  const { windows, candidates } = pacingOf(record)
  return {
    id: record.id as RangeId,
    siteId: record.site_id as SiteId,
    site: record.site,
    block: record.block,
    first: formatAddress(block.first),
    last: formatAddress(block.last),
    addressCount: candidates?.length ?? Number(blockSize(block)),
    zone: record.zone as Zone,
    ports: JSON.parse(record.ports),
    exclusions: JSON.parse(record.exclusions),
    windows,
    windowOpen: isWindowOpen(windows, now),
    networkRate: record.network_rate,
    candidates,
    authorisation: { by: record.authorised_by, reference: record.reference, validUntil: record.valid_until },
    inForce: isInForce(record, now),
    public: isPublic(block),
    createdAt: isoInstant(record.created_at),
    lastCoveredAt: record.last_covered_at === null ? null : isoInstant(record.last_covered_at),
  }
}

/** When a range may be scanned, and which of its addresses: null where there is no limit. */
export function pacingOf({ windows, candidates }: Pick<RangeRecord, 'windows' | 'candidates'>): {
  windows: ScanWindow[] | null
  candidates: string[] | null
} {
  return {
    windows: windows === null ? null : JSON.parse(windows),
    candidates: candidates === null ? null : JSON.parse(candidates),
  }
}

/**
 * A block somebody may own: not everything there is, not larger than a /8 (unless it is an IPv6 prefix of which only listed
 * candidates are visited, an empty list as long as no import brings any), and made of addresses hosts can have.
 */
export function readBlock(text: string, hasCandidates: boolean): Result<AddressBlock> {
  const parsed = parseBlock(text)
  if (!parsed.ok) return parsed
  const size = blockSize(parsed.value)
  if (size >= 1n << 32n && parsed.value.first.value === 0n) return fail('range-everything', { text })
  // "Too large" would suggest that a smaller part of multicast space were fine.
  const isTooLarge = size > largestBlockSize && !(hasCandidates && parsed.value.first.family === 6)
  const kind = notScannableThroughout(parsed.value) ?? (isTooLarge ? null : notScannableIn(parsed.value))
  if (kind !== null) return fail('range-not-scannable', { text, kind })
  if (isTooLarge) return fail('range-too-large', { text, size: String(size) })
  return parsed
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Defined<T>
}
