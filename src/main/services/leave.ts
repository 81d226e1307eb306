import type { Facts } from '#shared/domain/facts.ts'
import { openStatuses } from '#shared/domain/finding.ts'
import { dateOf, endOfDate } from '#shared/domain/instant.ts'
import { basisOf, changedBasis, type ExceptionBasis } from '../governance/exception-life.ts'
import { daysOn } from '../governance/facts.ts'
import type { ExceptionRecord } from '../store/exceptions.ts'

/** Leave to break a rule at an instance, as it stands. */
export interface Leave {
  readonly id: number
  readonly finding: number
  readonly rule: string
  readonly status: string
  readonly expiresOn: string
}

/** Leave that is over, by its date or because what it was granted on is not so any more. */
export interface EndedLeave {
  readonly id: number
  readonly status: 'expired' | 'lapsed'
  readonly at: number
  readonly reason: string
}

/** Leave ends by its date, or early when what it was granted on has changed. */
export function lookAtLeave(
  now: number,
  granted: readonly ExceptionRecord[],
  facts: Facts,
): { readonly leave: Leave[]; readonly ended: EndedLeave[] } {
  const ended: EndedLeave[] = []
  if (granted.length === 0) return { leave: [], ended }
  const current = basisOf(facts)
  const leave = granted.map(record => {
    const held = {
      id: record.id,
      finding: record.finding_id,
      rule: record.rule,
      expiresOn: record.expires_on,
    }
    if (record.status !== 'approved') return { ...held, status: record.status }
    const isOver = record.expires_on < dateOf(now)
    const change = isOver ? null : changedBasis(JSON.parse(record.basis) as ExceptionBasis, current)
    const status = isOver ? 'expired' : change === null ? 'approved' : 'lapsed'
    if (status !== 'approved') ended.push({ id: record.id, status, at: now, reason: change ?? 'date' })
    return { ...held, status }
  })
  return { leave, ended }
}

/** Time alone changes facts that count days, and ends leave. `turnsIn`: in how many days a rule may say something else. */
export function nextLook(firstSeenAt: number, leave: readonly Leave[], now: number, turnsIn: number): number {
  const ends = leave
    .filter(({ status }) => status === 'approved')
    .map(({ expiresOn }) => endOfDate(expiresOn) ?? Number.POSITIVE_INFINITY)
  return Math.min(daysOn(firstSeenAt, now, turnsIn), ...ends)
}

/** Leave whose finding is open, unless newer leave for it was asked for or given. */
export function unsettled(
  leave: readonly Leave[],
  statuses: ReadonlyMap<number, string>,
): Facts['exceptions'] {
  const newest = new Map(
    leave.filter(({ status }) => status !== 'rejected').map(each => [each.finding, each.id]),
  )
  return leave
    .filter(each => openStatuses.some(status => status === statuses.get(each.finding)))
    .filter(each => newest.get(each.finding) === each.id)
    .map(({ id, rule, status }) => ({ id, rule, status }))
}
