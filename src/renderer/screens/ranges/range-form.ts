import {
  type AddressBlock,
  blockContains,
  blockSize,
  blocksOverlap,
  formatBlock,
  largestBlockSize,
  parseBlock,
} from '#shared/domain/address-block.ts'
import { isPublic, notScannableIn, notScannableThroughout } from '#shared/domain/address-kind.ts'
import { endOfDate, yearFrom } from '#shared/domain/instant.ts'
import { defaultPort, Port, type Range, type RangeEdit, type RangeInput } from '#shared/domain/range.ts'
import { type Failure, type FailureCode, fail, type Result } from '#shared/result.ts'
import {
  candidateProblem,
  candidateTexts,
  fieldsOfWindow,
  networkRateProblem,
  type WindowFields,
  windowProblem,
  windowsText,
} from './range-limits.ts'

/** What stands in the fields. Text as it was typed: the mistake must be nameable. */
export interface RangeForm {
  readonly block: string
  readonly site: string
  /** '': left to Paddock. */
  readonly zone: string
  readonly ports: readonly string[]
  readonly exclusions: readonly string[]
  readonly authorisedBy: string
  readonly reference: string
  readonly validUntil: string
  readonly confirmPublic: boolean
  /** None: always. */
  readonly windows: readonly WindowFields[]
  /** '': as the scan's profile says. */
  readonly networkRate: string
  /** One a line. */
  readonly candidates: string
}
export type RangeField = keyof RangeForm

export function emptyForm(now: number): RangeForm {
  return {
    block: '',
    site: '',
    zone: '',
    ports: [String(defaultPort)],
    exclusions: [],
    authorisedBy: '',
    reference: '',
    validUntil: yearFrom(now),
    confirmPublic: false,
    windows: [],
    networkRate: '',
    candidates: '',
  }
}

export function formOf(range: Range): RangeForm {
  return {
    block: range.block,
    site: range.site,
    zone: range.zone,
    ports: range.ports.map(String),
    exclusions: range.exclusions,
    authorisedBy: range.authorisation.by,
    reference: range.authorisation.reference,
    validUntil: range.authorisation.validUntil,
    confirmPublic: range.public,
    windows: (range.windows ?? []).map(fieldsOfWindow),
    networkRate: range.networkRate === null ? '' : String(range.networkRate),
    candidates: (range.candidates ?? []).join('\n'),
  }
}

export function inputOf(form: RangeForm): RangeInput {
  return { ...termsOf(form), ...givenLimitsOf(form), block: form.block.trim(), site: form.site.trim() }
}

export function editOf(id: Range['id'], form: RangeForm): RangeEdit {
  return { ...termsOf(form), ...limitsOf(form), id }
}

function termsOf(form: RangeForm): Omit<RangeInput, 'block' | 'site'> {
  return {
    authorisedBy: form.authorisedBy.trim(),
    reference: form.reference.trim(),
    validUntil: form.validUntil.trim(),
    ...(form.zone === '' ? {} : { zone: form.zone }),
    ports: form.ports.map(Number),
    exclusions: form.exclusions.map(text => text.trim()).filter(text => text !== ''),
    confirmPublic: form.confirmPublic,
  }
}

function limitsOf(form: RangeForm) {
  return {
    windows: windowsText(form.windows),
    networkRate: form.networkRate.trim() === '' ? null : Number(form.networkRate),
    candidates: candidateTexts(form.candidates),
  }
}

function givenLimitsOf(form: RangeForm): Partial<ReturnType<typeof limitsOf>> {
  const { windows, networkRate, candidates } = limitsOf(form)
  return {
    ...(windows !== '' && { windows }),
    ...(networkRate !== null && { networkRate }),
    ...(candidates.length > 0 && { candidates }),
  }
}

/**
 * What the backend would say to a block, told while it is typed. The backend has the last word; this only saves the way
 * there. null: nothing has been typed yet.
 */
export function readBlock(text: string, hasCandidates = false): Result<AddressBlock> | null {
  if (text.trim() === '') return null
  const parsed = parseBlock(text)
  if (!parsed.ok) return parsed
  const size = blockSize(parsed.value)
  if (size >= 1n << 32n && parsed.value.first.value === 0n) return fail('range-everything', { text })
  const isTooLarge = size > largestBlockSize && !(hasCandidates && parsed.value.first.family === 6)
  const kind = notScannableThroughout(parsed.value) ?? (isTooLarge ? null : notScannableIn(parsed.value))
  if (kind !== null) return fail('range-not-scannable', { text, kind })
  return isTooLarge ? fail('range-too-large', { text, size: String(size) }) : parsed
}

/** Whether the block needs the extra confirmation. */
export function needsConfirmation(text: string): boolean {
  const block = readBlock(text, true)
  return block?.ok === true && isPublic(block.value)
}

/** How many addresses the exclusions leave. */
export function addressesLeft(block: AddressBlock, exclusions: readonly string[]): bigint {
  const inside = exclusions
    .flatMap(text => {
      const parsed = parseBlock(text)
      return parsed.ok && blocksOverlap(parsed.value, block) ? [parsed.value] : []
    })
    .map(({ first, last }) => ({
      first: first.value > block.first.value ? first.value : block.first.value,
      last: last.value < block.last.value ? last.value : block.last.value,
    }))
    .sort((a, b) => (a.first < b.first ? -1 : 1))
  let next = block.first.value
  let excluded = 0n
  for (const { first, last } of inside) {
    const from = first > next ? first : next
    if (last < from) continue
    excluded += last - from + 1n
    next = last + 1n
  }
  return blockSize(block) - excluded
}

/** What is wrong with an exclusion; null: nothing, or nothing is typed yet. */
export function exclusionProblem(text: string, block: AddressBlock | null): Failure | null {
  if (text.trim() === '') return null
  const parsed = parseBlock(text)
  if (!parsed.ok) return fail('exclusion-malformed', { text }).failure
  if (block === null || blocksOverlap(parsed.value, block)) return null
  return fail('exclusion-outside', { text, block: formatBlock(block) }).failure
}

/** An exclusion that leaves nothing of the block. */
export function coversAll(text: string, block: AddressBlock): boolean {
  const parsed = parseBlock(text)
  return parsed.ok && blockContains(parsed.value, block)
}

export type Problems = Partial<Record<RangeField, Failure | 'missing'>>

/**
 * Everything that can be seen to be wrong without asking. The block of a registered range is settled, and may be a prefix
 * too large to be typed here.
 */
export function problemsOf(form: RangeForm, isNew = true): Problems {
  const block = isNew ? readBlock(form.block, hasCandidates(form)) : parseBlock(form.block)
  const whole = block?.ok === true ? block.value : null
  const port = form.ports.find(text => !/^\d+$/.test(text) || !Port.safeParse(Number(text)).success)
  const exclusion = form.exclusions.find(text => exclusionProblem(text, whole) !== null)
  const problems: Record<RangeField, Failure | 'missing' | null> = {
    block: block === null ? 'missing' : block.ok ? null : block.failure,
    site: missing(form.site),
    zone: null,
    ports: port === undefined ? null : fail('port-malformed', { port }).failure,
    exclusions: exclusion === undefined ? null : exclusionProblem(exclusion, whole),
    authorisedBy: missing(form.authorisedBy),
    reference: missing(form.reference),
    validUntil:
      endOfDate(form.validUntil.trim()) === null
        ? fail('date-malformed', { text: form.validUntil }).failure
        : null,
    windows: form.windows.map(windowProblem).find(each => each !== null) ?? null,
    networkRate: networkRateProblem(form.networkRate),
    candidates: candidatesProblem(form, whole),
    confirmPublic:
      needsConfirmation(form.block) && !form.confirmPublic
        ? fail('range-public', { block: form.block.trim() }).failure
        : null,
  }
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== null))
}

/** A prefix too large to be visited whole needs them; elsewhere they are the person's choice. */
function candidatesProblem(form: RangeForm, block: AddressBlock | null): Failure | 'missing' | null {
  const isTooLarge = block?.first.family === 6 && blockSize(block) > largestBlockSize
  if (isTooLarge && !hasCandidates(form)) return 'missing'
  return candidateProblem(form.candidates, block)
}

/** Whether only listed addresses of the block are visited. */
export function hasCandidates({ candidates }: Pick<RangeForm, 'candidates'>): boolean {
  return candidateTexts(candidates).length > 0
}

function missing(text: string): 'missing' | null {
  return text.trim() === '' ? 'missing' : null
}

const fieldOfCode: Partial<Record<FailureCode, RangeField>> = {
  'range-malformed': 'block',
  'range-host-bits': 'block',
  'range-reversed': 'block',
  'range-everything': 'block',
  'range-too-large': 'block',
  'range-not-scannable': 'block',
  'range-registered': 'block',
  'range-public': 'confirmPublic',
  'exclusion-malformed': 'exclusions',
  'exclusion-outside': 'exclusions',
  'date-malformed': 'validUntil',
  'port-malformed': 'ports',
  'zone-unknown': 'zone',
  'site-malformed': 'site',
  'candidate-malformed': 'candidates',
  'candidate-outside': 'candidates',
  'window-malformed': 'windows',
  'network-rate-malformed': 'networkRate',
}

/** The field a refusal of the backend concerns; null: the form as a whole. */
export function fieldOf(failure: Failure): RangeField | null {
  if (failure.code === 'authorisation-missing')
    return failure.details['field'] === 'reference' ? 'reference' : 'authorisedBy'
  return fieldOfCode[failure.code] ?? null
}
