import {
  type ExceptionLimit,
  ExceptionLimitEdit,
  usualExceptionDays,
} from '#shared/domain/exception-limit.ts'
import { dateOf, type Instant } from '#shared/domain/instant.ts'
import { type Result, succeed } from '#shared/result.ts'
import { keepSetting, settingNamed } from '../store/settings.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Transaction } from './context.ts'

const name = 'exception-days'
const dayMs = 86_400_000

/** How long an exception may last that is asked for now. */
export function exceptionLimit(store: ReadableStore, now: Instant): ExceptionLimit {
  const kept = settingNamed(store, { name })
  const days = kept === undefined ? usualExceptionDays : ExceptionLimitEdit.parse(JSON.parse(kept.value)).days
  return { days, latest: days === null ? null : dateOf(now + days * dayMs) }
}

/** Sets it, for what is asked for from now on: leave that was given stays as it was given. */
export function setExceptionLimit(
  { store, now, changed }: Transaction,
  { days }: ExceptionLimitEdit,
): Result<ExceptionLimit> {
  const before = exceptionLimit(store, now)
  keepSetting(store, { name, value: JSON.stringify({ days }) })
  changed('longest exception', { days: before.days }, { days })
  return succeed(exceptionLimit(store, now))
}
