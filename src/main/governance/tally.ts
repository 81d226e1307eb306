import type { Severity } from '#shared/domain/exposure.ts'
import type { FindingBucket, RuleTally } from '#shared/domain/framework.ts'

/** So many findings of a rule more or fewer, as what they count. */
export interface Shift {
  readonly rule: string
  readonly severity: Severity
  readonly bucket: FindingBucket
  readonly by: number
}

export type Tally = { -readonly [K in keyof RuleTally]: RuleTally[K] }

const handled: ReadonlySet<string> = new Set(['in-remediation', 'awaiting-verification'])

/** What a finding that stands counts as. */
export function bucketOf(status: string, isOverdue: boolean): FindingBucket {
  if (status === 'excepted') return 'excepted'
  // What cannot be seen now can be neither counted against anybody nor taken for clean.
  if (status === 'dormant') return 'unknown'
  if (isOverdue) return 'overdue'
  return handled.has(status) ? 'handled' : 'open'
}

export function addTo(tally: Tally, bucket: FindingBucket, count: number): void {
  tally[bucket] += count
  if (bucket === 'overdue') tally.open += count
}

/** How rules would be tallied after shifts. */
export function shifted(
  tallies: ReadonlyMap<string, RuleTally>,
  shifts: readonly Shift[],
): Map<string, RuleTally> {
  const after = new Map<string, Tally>([...tallies].map(([rule, tally]) => [rule, { ...tally }]))
  for (const { rule, bucket, by } of shifts) {
    const tally = after.get(rule)
    if (tally !== undefined) addTo(tally, bucket, by)
  }
  return after
}

/** How many open findings there would be more or fewer. */
export function differenceOf(shifts: readonly Shift[]): Partial<Record<Severity, number>> {
  const difference: Partial<Record<Severity, number>> = {}
  for (const { severity, bucket, by } of shifts) {
    if (bucket === 'excepted' || bucket === 'unknown') continue
    difference[severity] = (difference[severity] ?? 0) + by
  }
  return difference
}
