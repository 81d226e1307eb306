import { formatAddress } from '#shared/domain/address.ts'
import {
  type AddressBlock,
  blockSize,
  blocksOverlap,
  formatBlock,
  largestBlockSize,
  parseBlock,
} from '#shared/domain/address-block.ts'
import { isPublic, notScannableIn, notScannableThroughout } from '#shared/domain/address-kind.ts'
import { endOfDate, type Instant, isoInstant, yearFrom } from '#shared/domain/instant.ts'
import {
  defaultPort,
  Port,
  type Range,
  type RangeEdit,
  type RangeInput,
  Zone,
  zones,
} from '#shared/domain/range.ts'
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
import { siteNamed } from './sites.ts'

export function listRanges({ store, now }: Reading, site?: string): Range[] {
  const wanted = site?.toLowerCase()
  return readRanges(store, {})
    .filter(record => wanted === undefined || record.site.toLowerCase() === wanted)
    .map(record => rangeOf(record, now()))
}

/** Registers a range: what may be scanned, and who said so. */
export function addRange(transaction: Transaction, input: RangeInput): Result<Range> {
  const block = readBlock(input.block)
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
  return decided(transaction, id, 'range.added')
}

/** Changes the terms of a range. What is not given stays as it is. */
export function editRange(transaction: Transaction, edit: RangeEdit): Result<Range> {
  const record = rangeById(transaction.store, { id: edit.id })
  if (record === undefined) return fail('range-unknown', { range: edit.id })
  const before: Omit<RangeInput, 'block' | 'site'> = {
    authorisedBy: record.authorised_by,
    reference: record.reference,
    validUntil: record.valid_until,
    zone: record.zone,
    ports: JSON.parse(record.ports),
    exclusions: JSON.parse(record.exclusions),
  }
  const terms = readTerms({ ...before, ...withoutUndefined(edit) }, blockOf(record), transaction.now)
  if (!terms.ok) return terms
  updateRange(transaction.store, { ...terms.value, id: edit.id })
  return decided(transaction, edit.id, 'range.edited')
}

/** Takes a range out of the register. What was seen there stays. */
export function removeRange(transaction: Transaction, id: number): Result<Range> {
  const record = rangeById(transaction.store, { id })
  if (record === undefined) return fail('range-unknown', { range: id })
  const removed = decided(transaction, id, 'range.removed')
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

function decided({ store, now, actor }: Transaction, id: number, kind: string): Result<Range> {
  const range = rangeOf(recordOf(store, id), now)
  addDecision(store, { at: now, actor, kind, subject: `range ${id}`, body: JSON.stringify(range) })
  return succeed(range)
}

function recordOf(store: ReadableStore, id: number): RangeRecord {
  const record = rangeById(store, { id })
  if (record === undefined) throw new Error(`range ${id} was just written and is gone`)
  return record
}

function rangeOf(record: RangeRecord, now: Instant): Range {
  const block = blockOf(record)
  return {
    id: record.id as RangeId,
    siteId: record.site_id as SiteId,
    site: record.site,
    block: record.block,
    first: formatAddress(block.first),
    last: formatAddress(block.last),
    addressCount: Number(blockSize(block)),
    zone: record.zone as Zone,
    ports: JSON.parse(record.ports),
    exclusions: JSON.parse(record.exclusions),
    authorisation: { by: record.authorised_by, reference: record.reference, validUntil: record.valid_until },
    inForce: isInForce(record, now),
    public: isPublic(block),
    createdAt: isoInstant(record.created_at),
    lastCoveredAt: record.last_covered_at === null ? null : isoInstant(record.last_covered_at),
  }
}

/** A block somebody may own: not everything there is, not larger than a /8, and made of addresses hosts can have. */
function readBlock(text: string): Result<AddressBlock> {
  const parsed = parseBlock(text)
  if (!parsed.ok) return parsed
  const size = blockSize(parsed.value)
  if (size >= 1n << 32n && parsed.value.first.value === 0n) return fail('range-everything', { text })
  // "Too large" would suggest that a smaller part of multicast space were fine.
  const kind =
    notScannableThroughout(parsed.value) ?? (size > largestBlockSize ? null : notScannableIn(parsed.value))
  if (kind !== null) return fail('range-not-scannable', { text, kind })
  if (size > largestBlockSize) return fail('range-too-large', { text, size: String(size) })
  return parsed
}

interface Terms {
  readonly zone: string
  readonly ports: string
  readonly exclusions: string
  readonly authorisedBy: string
  readonly reference: string
  readonly validUntil: string
}

function readTerms(
  input: Omit<RangeInput, 'block' | 'site'>,
  block: AddressBlock,
  now: Instant,
): Result<Terms> {
  for (const field of ['authorisedBy', 'reference'] as const) {
    if (input[field] === '') return fail('authorisation-missing', { field })
  }
  const validUntil = input.validUntil ?? yearFrom(now)
  if (endOfDate(validUntil) === null) return fail('date-malformed', { text: validUntil })
  const zone = Zone.safeParse(input.zone ?? (isPublic(block) ? 'public' : 'unknown'))
  if (!zone.success) return fail('zone-unknown', { zone: input.zone ?? '', zones: zones.join(', ') })
  const ports = readPorts(input.ports ?? [])
  if (!ports.ok) return ports
  const exclusions = readExclusions(input.exclusions ?? [], block)
  if (!exclusions.ok) return exclusions
  return succeed({
    zone: zone.data,
    ports: JSON.stringify(ports.value),
    exclusions: JSON.stringify(exclusions.value),
    authorisedBy: input.authorisedBy,
    reference: input.reference,
    validUntil,
  })
}

/** Each port once, in order; none given: 11434. */
export function readPorts(given: readonly number[]): Result<number[]> {
  const wrong = given.find(port => !Port.safeParse(port).success)
  if (wrong !== undefined) return fail('port-malformed', { port: wrong })
  return succeed(given.length === 0 ? [defaultPort] : [...new Set(given)].sort((a, b) => a - b))
}

/** An exclusion that touches nothing of its range is a typing mistake, and a dangerous one: it would protect nobody. */
function readExclusions(given: readonly string[], block: AddressBlock): Result<string[]> {
  const texts = new Set<string>()
  for (const text of given) {
    const parsed = parseBlock(text)
    if (!parsed.ok) return fail('exclusion-malformed', { text })
    if (!blocksOverlap(parsed.value, block))
      return fail('exclusion-outside', { text, block: formatBlock(block) })
    texts.add(formatBlock(parsed.value))
  }
  return succeed([...texts])
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Defined<T>
}
