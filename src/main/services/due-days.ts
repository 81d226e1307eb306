import { DueDays, type DueDaysEdit, usualDueDays } from '#shared/domain/due-days.ts'
import { type Result, succeed } from '#shared/result.ts'
import { type LifeSettings, usualLife } from '../governance/finding-life.ts'
import { keepSetting, settingNamed } from '../store/settings.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Reading, Transaction } from './context.ts'
import { planDueMove } from './due-moves.ts'

const name = 'due-days'

/** How long fixing may take, by severity. */
export function showDueDays({ store }: Pick<Reading, 'store'>): DueDays {
  const kept = settingNamed(store, { name })
  return kept === undefined ? usualDueDays : DueDays.parse(JSON.parse(kept.value))
}

/** The life of findings with the times set here. */
export function lifeHere(store: ReadableStore): LifeSettings {
  return { ...usualLife, slaDays: { ...showDueDays({ store }), none: null } }
}

/** Other times hold for findings that are there, too: their dates move by the difference, some at a time (due-moves). */
export function editDueDays(transaction: Transaction, edit: DueDaysEdit): Result<DueDays> {
  const { store, changed } = transaction
  const before = showDueDays(transaction)
  const given = Object.fromEntries(Object.entries(edit).filter(([, days]) => days !== undefined))
  const after: DueDays = { ...before, ...given }
  for (const severity of Object.keys(after) as (keyof DueDays)[]) {
    const [was, is] = [before[severity], after[severity]]
    if (was !== is) planDueMove(store, { severity, was, is })
  }
  keepSetting(store, { name, value: JSON.stringify(after) })
  changed('due days', before, after)
  return succeed(after)
}
