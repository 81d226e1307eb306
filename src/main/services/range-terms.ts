import { parseAddress } from '#shared/domain/address.ts'
import {
  type AddressBlock,
  blockContains,
  blockSize,
  blocksOverlap,
  formatBlock,
  largestBlockSize,
  parseBlock,
} from '#shared/domain/address-block.ts'
import { isPublic } from '#shared/domain/address-kind.ts'
import { endOfDate, type Instant, yearFrom } from '#shared/domain/instant.ts'
import { defaultPort, Port, type RangeInput, Zone, zones } from '#shared/domain/range.ts'
import { parseScanWindows } from '#shared/domain/scan-window.ts'
import { fail, type Result, succeed } from '#shared/result.ts'

/** The terms of a range as the store keeps them. */
export interface RangeTerms {
  readonly zone: string
  readonly ports: string
  readonly exclusions: string
  readonly authorisedBy: string
  readonly reference: string
  readonly validUntil: string
  readonly windows: string | null
  readonly networkRate: number | null
  readonly candidates: string | null
}

export type TermsInput = Omit<RangeInput, 'block' | 'site'>

/** Reads what a person filled in, and names the first mistake. */
export function readTerms(input: TermsInput, block: AddressBlock, now: Instant): Result<RangeTerms> {
  const authorisation = readAuthorisation(input, now)
  if (!authorisation.ok) return authorisation
  const zone = Zone.safeParse(input.zone ?? (isPublic(block) ? 'public' : 'unknown'))
  if (!zone.success) return fail('zone-unknown', { zone: input.zone ?? '', zones: zones.join(', ') })
  const ports = readPorts(input.ports ?? [])
  if (!ports.ok) return ports
  const exclusions = readExclusions(input.exclusions ?? [], block)
  if (!exclusions.ok) return exclusions
  const candidates = readCandidates(input.candidates ?? [], block)
  if (!candidates.ok) return candidates
  const pace = readPace(input)
  if (!pace.ok) return pace
  return succeed({
    ...authorisation.value,
    ...pace.value,
    zone: zone.data,
    ports: JSON.stringify(ports.value),
    exclusions: JSON.stringify(exclusions.value),
    // A prefix too large to enumerate without any candidate yet: nothing of it is visited, rather than all of it.
    candidates: candidates.value.length === 0 && !isLarge(block) ? null : JSON.stringify(candidates.value),
  })
}

function isLarge(block: AddressBlock): boolean {
  return blockSize(block) > largestBlockSize
}

function readAuthorisation(
  { authorisedBy, reference, validUntil }: TermsInput,
  now: Instant,
): Result<Pick<RangeTerms, 'authorisedBy' | 'reference' | 'validUntil'>> {
  if (authorisedBy === '') return fail('authorisation-missing', { field: 'authorisedBy' })
  if (reference === '') return fail('authorisation-missing', { field: 'reference' })
  const date = validUntil ?? yearFrom(now)
  if (endOfDate(date) === null) return fail('date-malformed', { text: date })
  return succeed({ authorisedBy, reference, validUntil: date })
}

function readPace({ windows, networkRate }: TermsInput): Result<Pick<RangeTerms, 'windows' | 'networkRate'>> {
  const hours = windows === undefined || windows === '' ? [] : parseScanWindows(windows)
  if (hours === null) return fail('window-malformed', { text: windows ?? '' })
  const rate = networkRate ?? null
  if (rate !== null && !(rate > 0 && rate <= 100_000)) return fail('network-rate-malformed', { rate })
  return succeed({ windows: hours.length === 0 ? null : JSON.stringify(hours), networkRate: rate })
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

function readCandidates(given: readonly string[], block: AddressBlock): Result<string[]> {
  const texts = new Set<string>()
  for (const text of given) {
    const address = parseAddress(text.trim())
    if (address === null) return fail('candidate-malformed', { text })
    const single = { first: address, last: address }
    if (!blockContains(block, single)) return fail('candidate-outside', { text, block: formatBlock(block) })
    texts.add(formatBlock(single))
  }
  return succeed([...texts])
}
