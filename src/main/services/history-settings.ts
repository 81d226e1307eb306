import {
  defaultHistorySettings,
  HistorySettings,
  type HistorySettingsEdit,
} from '#shared/domain/history-settings.ts'
import { type Result, succeed } from '#shared/result.ts'
import { addDecision } from '../store/audit.ts'
import { keepSetting, settingNamed } from '../store/settings.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Transaction } from './context.ts'

const name = 'history'

export function readHistorySettings(store: ReadableStore): HistorySettings {
  const stored: object = JSON.parse(settingNamed(store, { name })?.value ?? '{}')
  return HistorySettings.parse({ ...defaultHistorySettings, ...stored })
}

export function editHistorySettings(
  { store, now, actor }: Transaction,
  edit: HistorySettingsEdit,
): Result<HistorySettings> {
  const settings = HistorySettings.parse({ ...readHistorySettings(store), ...edit })
  keepSetting(store, { name, value: JSON.stringify(settings) })
  addDecision(store, {
    at: now,
    actor,
    kind: 'history.settings-edited',
    subject: name,
    body: JSON.stringify(edit),
  })
  return succeed(settings)
}
