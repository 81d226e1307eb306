import { parseAddress } from '#shared/domain/address.ts'
import { blocksOverlap, parseBlock } from '#shared/domain/address-block.ts'
import { type ProfileName, profiles } from '#shared/domain/profile.ts'
import { Port, type Range } from '#shared/domain/range.ts'
import type { ScanRequest } from '#shared/domain/scan.ts'

/** What stands in the fields of a new scan. Text as it was typed. */
export interface ScanForm {
  /** null: every range in force. */
  readonly chosen: readonly number[] | null
  /** One address instead, of which everything asked and answered is kept; null: as `chosen` says. */
  readonly explained: string | null
  readonly profile: ProfileName
  /** '': as the profile says. */
  readonly rate: string
  /** None: as the ranges say. */
  readonly ports: readonly string[]
  readonly wait: boolean
  readonly confirmVantage: boolean
}

export function emptyScanForm(range: number | null, explained: string | null): ScanForm {
  return {
    chosen: range === null ? null : [range],
    explained,
    profile: 'normal',
    rate: '',
    ports: [],
    wait: false,
    confirmVantage: false,
  }
}

/** Why a range will not be visited now. `closed` ones are, if the scan waits. */
export type Obstacle = 'expired' | 'closed'

export function obstacleOf({ inForce, windowOpen }: Pick<Range, 'inForce' | 'windowOpen'>): Obstacle | null {
  if (!inForce) return 'expired'
  return windowOpen ? null : 'closed'
}

/** The ranges the form means, whether they can be visited or not. */
export function meantRanges({ chosen, explained }: ScanForm, register: readonly Range[]): readonly Range[] {
  if (explained !== null) return register.filter(range => overlap(explained.trim(), range.block))
  return chosen === null ? register : register.filter(range => chosen.includes(range.id))
}

/** The ranges that will be visited: those that are meant and may be, and whatever else is registered for their addresses. */
export function visitedRanges(form: ScanForm, register: readonly Range[]): readonly Range[] {
  const isOpen = (range: Range) => {
    const obstacle = obstacleOf(range)
    return obstacle === null || (obstacle === 'closed' && form.wait)
  }
  return [...meantRanges(form, register), ...entangledRanges(form, register)].filter(isOpen)
}

/**
 * A scan is asked for by addresses. Ranges that were not chosen and hold some of the same addresses are visited as well, unless
 * they belong to a site of which nothing was chosen.
 */
export function entangledRanges(form: ScanForm, register: readonly Range[]): readonly Range[] {
  const { chosen, explained } = form
  if (chosen === null || explained !== null) return []
  const meant = meantRanges(form, register)
  const site = onlySite(meant)
  return register.filter(
    range =>
      !chosen.includes(range.id) &&
      (site === null || range.site === site) &&
      meant.some(each => overlap(each.block, range.block)),
  )
}

function overlap(a: string, b: string): boolean {
  const [first, second] = [parseBlock(a), parseBlock(b)]
  return first.ok && second.ok && blocksOverlap(first.value, second.value)
}

/** The site all of them belong to; null: there are several, or none. */
function onlySite(ranges: readonly Range[]): string | null {
  const sites = new Set(ranges.map(range => range.site))
  const [site = null] = sites
  return sites.size === 1 ? site : null
}

export type ScanField = 'chosen' | 'explained' | 'rate' | 'ports'

/** What can be seen to be wrong without asking. */
export function scanProblems(form: ScanForm): ReadonlySet<ScanField> {
  const rate = Number(form.rate)
  const isRateWrong = form.rate.trim() !== '' && !(Number.isInteger(rate) && rate >= 1 && rate <= 100_000)
  return new Set<ScanField>([
    ...(form.explained === null && form.chosen?.length === 0 ? (['chosen'] as const) : []),
    ...(form.explained !== null && parseAddress(form.explained.trim()) === null
      ? (['explained'] as const)
      : []),
    ...(isRateWrong ? (['rate'] as const) : []),
    ...(form.ports.some(port => !isPort(port)) ? (['ports'] as const) : []),
  ])
}

export function isPort(text: string): boolean {
  return /^\d+$/.test(text) && Port.safeParse(Number(text)).success
}

export function requestOf(form: ScanForm, register: readonly Range[]): ScanRequest {
  const meant = meantRanges(form, register)
  const site = onlySite(meant)
  return {
    ...whatOf(form, meant),
    ...(form.chosen !== null && form.explained === null && site !== null && { site }),
    ...(form.ports.length > 0 && { ports: form.ports.map(Number) }),
    ...(form.rate.trim() !== '' && { rate: Number(form.rate) }),
    profile: form.profile,
    wait: form.wait,
    confirmVantage: form.confirmVantage,
  }
}

function whatOf(
  { chosen, explained }: ScanForm,
  meant: readonly Range[],
): Pick<ScanRequest, 'ranges' | 'explain'> {
  if (explained !== null) return { ranges: [explained.trim()], explain: true }
  return chosen === null ? {} : { ranges: meant.map(range => range.block) }
}

export interface Extent {
  readonly addresses: number
  readonly targets: number
}

/** How much there is to visit, exclusions not yet taken off. */
export function extentOf(ranges: readonly Range[], form: ScanForm): Extent {
  const portCount = ({ ports }: Range) => (form.ports.length > 0 ? form.ports.length : ports.length)
  const sizeOf = ({ addressCount }: Range) => (form.explained === null ? addressCount : 1)
  return {
    addresses: ranges.reduce((sum, range) => sum + sizeOf(range), 0),
    targets: ranges.reduce((sum, range) => sum + sizeOf(range) * portCount(range), 0),
  }
}

const networkSize = 256

/**
 * How long a scan takes at least: no network faster than its rate, all of them together no faster than the scan's. What has to
 * be waited for comes on top.
 */
export function leastDurationMs(ranges: readonly Range[], form: ScanForm, profile: ProfileName): number {
  const pace = profiles[profile]
  const own = scanProblems(form).has('rate') ? 0 : Number(form.rate)
  const rate = own > 0 ? own : pace.rate
  const usual = Math.max(pace.networkRate, rate / 10)
  const { targets } = extentOf(ranges, form)
  const networks = ranges.map(range => {
    const share = Math.min(1, networkSize / range.addressCount)
    return (extentOf([range], form).targets * share) / (range.networkRate ?? usual)
  })
  return Math.max(targets / rate, ...networks) * 1000
}
