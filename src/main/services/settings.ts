import type { Settings, SettingsEdit } from '#shared/domain/settings.ts'
import { type Result, succeed } from '#shared/result.ts'
import { addDecision } from '../store/audit.ts'
import { keepSetting, listSettings } from '../store/settings.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Reading, Transaction } from './context.ts'

export function showSettings({ store }: Pick<Reading, 'store'>): Settings {
  return readSettings(store)
}

function readSettings(store: ReadableStore): Settings {
  const stored = new Map(listSettings(store, {}).map(({ name, value }) => [name, value]))
  return { organisation: stored.get('organisation') ?? '', contact: stored.get('contact') ?? '' }
}

export function editSettings(transaction: Transaction, edit: SettingsEdit): Result<Settings> {
  const { store, now, actor, changed } = transaction
  const before = readSettings(store)
  for (const [name, value] of Object.entries(edit)) {
    if (value !== undefined) keepSetting(store, { name, value })
  }
  addDecision(store, {
    at: now,
    actor,
    kind: 'settings.edited',
    subject: 'settings',
    body: JSON.stringify(edit),
  })
  const after = readSettings(store)
  changed('settings', before, after)
  return succeed(after)
}

/** How scans introduce themselves to whoever reads the log of a visited host: who it is, and whom to ask. */
export function userAgent(store: ReadableStore, version: string): string {
  const { contact } = readSettings(store)
  // A header holds printable ASCII only; anything else would break the request, not the contact.
  const printable = contact.replace(/[^\x20-\x7e]/g, '?')
  return `Paddock/${version} (authorised inventory scan${printable === '' ? '' : `; contact: ${printable}`})`
}
