import { parseAddress } from '#shared/domain/address.ts'
import { type AddressBlock, blockContains, formatBlock, parseBlock } from '#shared/domain/address-block.ts'
import { parseScanWindows, type ScanWindow, type Weekday, weekdays } from '#shared/domain/scan-window.ts'
import { type Failure, fail } from '#shared/result.ts'

/** Hours in which a range may be scanned, as they are typed. */
export interface WindowFields {
  readonly days: readonly Weekday[]
  readonly from: string
  readonly to: string
}

/** Where most begin: the nights of working days. */
export const firstWindow: WindowFields = { days: weekdays.slice(0, 5), from: '20:00', to: '06:00' }

export function fieldsOfWindow({ days, from, to }: ScanWindow): WindowFields {
  return { days, from: clock(from), to: clock(to) }
}

/** `20:00` */
export function clock(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** As the backend reads it: `mon,tue 20:00-06:00; sat 00:00-24:00`; '': always. */
export function windowsText(windows: readonly WindowFields[]): string {
  return windows.map(windowText).join('; ')
}

function windowText({ days, from, to }: WindowFields): string {
  return `${days.join(',')} ${from.trim()}-${to.trim()}`
}

/** What is wrong with the hours; null: nothing. */
export function windowProblem(fields: WindowFields): Failure | 'missing' | null {
  if (fields.days.length === 0) return 'missing'
  const text = windowText(fields)
  return parseScanWindows(text) === null ? fail('window-malformed', { text }).failure : null
}

/** Connection attempts per second; '': as the scan's profile says. */
export function networkRateProblem(text: string): Failure | null {
  if (text.trim() === '') return null
  const rate = Number(text)
  return rate > 0 && rate <= 100_000 ? null : fail('network-rate-malformed', { rate: text }).failure
}

/** One a line; commas and spaces will do as well. */
export function candidateTexts(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean)
}

/** The first candidate that is none; null: all are addresses of the block. */
export function candidateProblem(text: string, block: AddressBlock | null): Failure | null {
  for (const each of candidateTexts(text)) {
    const address = parseAddress(each)
    if (address === null) return fail('candidate-malformed', { text: each }).failure
    if (block !== null && !blockContains(block, { first: address, last: address }))
      return fail('candidate-outside', { text: each, block: formatBlock(block) }).failure
  }
  return null
}

/** Whether the addresses in use may be listed: an IPv6 prefix is too large to be visited whole. */
export function takesCandidates({ block, candidates }: { block: string; candidates: string }): boolean {
  const parsed = parseBlock(block)
  return candidates.trim() !== '' || (parsed.ok && parsed.value.first.family === 6)
}
