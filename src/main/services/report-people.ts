import { createHmac } from 'node:crypto'
import { settingNamed } from '../store/settings.ts'
import type { ReadableStore } from '../store/statement.ts'

/** Names of people as a report shows them. */
export type ShowName = <Name extends string | null>(name: Name) => Name

/** As they are; or as pseudonyms that are always the same in this data folder, and that nobody can undo without it. */
export function showNames(store: ReadableStore, pseudonymise: boolean): ShowName {
  if (!pseudonymise) return name => name
  const key = settingNamed(store, { name: 'report-pseudonym-key' })?.value
  if (key === undefined) throw new Error('the data folder has no key for pseudonyms')
  const known = new Map<string, string>()
  return <Name extends string | null>(name: Name): Name => {
    if (name === null || name === '') return name
    const code =
      known.get(name) ?? `P-${createHmac('sha256', key).update(name).digest('hex').slice(0, 8).toUpperCase()}`
    known.set(name, code)
    return code as Name
  }
}
