import { describe, expect, it } from 'vitest'
import { editDueDays } from '#main/services/due-days.ts'
import { dueMovesLeft, dueState, findingsPerMove, moveSomeDates } from '#main/services/due-moves.ts'
import { keepFindingFacts } from '#main/store/finding-writes.ts'
import { addFinding } from '#main/store/findings.ts'
import { openMemory } from '#main/store/open.ts'
import { transaction, type WritableStore } from '#main/store/statement.ts'
import type { DueDaysEdit } from '#shared/domain/due-days.ts'
import { fillInventory } from '../support/fill-inventory.ts'
import { imaginedInventory } from '../support/imagined-inventory.ts'

const day = 86_400_000
const severities = ['critical', 'high', 'medium', 'low'] as const
const usual = { critical: 7, high: 30, medium: 90, low: 180 }

function filled(count: number): WritableStore {
  const store = openMemory()
  const instances = fillInventory(store, imaginedInventory(10, 1))
  transaction(store, () => {
    for (let index = 0; index < count; index++) add(store, instances[index % 10] ?? 0, index)
  })
  return store
}

function add(store: WritableStore, instance: number, index: number): void {
  const severity = severities[index % 4] ?? 'low'
  const isExcepted = index % 5 === 0
  addFinding(store, {
    rule: 'no-tls',
    instance,
    part: String(index),
    label: '',
    severity,
    verdict: 'broken',
    revision: '',
    facts: keepFindingFacts(store, '{}'),
    observations: '[]',
    status: isExcepted ? 'excepted' : 'open',
    statusBefore: null,
    reason: 'broken',
    openedAt: index,
    statusAt: index,
    dueAt: isExcepted ? null : index + usual[severity] * day,
    dueLeftMs: isExcepted ? usual[severity] * day : null,
  })
}

function decide(store: WritableStore, edit: DueDaysEdit): void {
  const changed = () => {}
  const given = { store, changed } as unknown as Parameters<typeof editDueDays>[0]
  transaction(store, () => expect(editDueDays(given, edit).ok).toBe(true))
}

/** Days from opening to date, by severity: of those that are open, and left of those that are excepted. */
function daysOf({ connection }: WritableStore): unknown {
  return connection
    .prepare(
      `SELECT severity, status, json_group_array(DISTINCT (CASE status WHEN 'open' THEN due_at - opened_at ELSE due_left_ms END) / ${day})
       FROM findings GROUP BY 1, 2 ORDER BY 1, 2`,
    )
    .raw()
    .all()
}

const expected = (days: Record<string, number | null>) =>
  ['critical', 'high', 'low', 'medium'].flatMap(severity =>
    ['excepted', 'open'].map(status => [severity, status, JSON.stringify([days[severity]])]),
  )

describe('other times to fix', () => {
  it('move the dates of all findings, some at a time, one decision after the other', () => {
    const count = findingsPerMove * 2 + 500
    const store = filled(count)
    decide(store, { high: 10, low: null })
    // Decided again before the first is done.
    moveSomeDates(store)
    decide(store, { high: 12, low: 20, critical: 1 })
    expect(dueMovesLeft(store)).toBeGreaterThan(count)
    let steps = 0
    for (let isMore = true; isMore; steps++) {
      const before = Number(store.connection.prepare('SELECT total_changes()').pluck().get())
      isMore = moveSomeDates(store)
      const touched = Number(store.connection.prepare('SELECT total_changes()').pluck().get()) - before
      // With the line in the list of changes, and the one that says how far it is.
      expect(touched).toBeLessThanOrEqual(findingsPerMove * 2 + 1)
    }
    expect(steps).toBeGreaterThan(10)
    expect(dueMovesLeft(store)).toBe(0)
    expect(daysOf(store)).toEqual(expected({ critical: 1, high: 12, medium: 90, low: 20 }))
  })

  it('leave alone what was opened by them', () => {
    const store = filled(8)
    decide(store, { critical: 3 })
    add(store, 1, 100)
    while (moveSomeDates(store));
    const late = store.connection.prepare("SELECT (due_left_ms) / ? FROM findings WHERE part = '100'")
    expect(late.pluck().get(day)).toBe(7)
  })

  it('tell whoever read dates before that they are other ones now', () => {
    const store = filled(8)
    const before = dueState(store)
    decide(store, { critical: 3 })
    const planned = dueState(store)
    while (moveSomeDates(store));
    decide(store, { critical: 7 })
    while (moveSomeDates(store));
    expect(new Set([before, planned, dueState(store)]).size).toBe(3)
  })
})
