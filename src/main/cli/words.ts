import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInstance } from 'i18next'

/** The text of a key, `failures:range-public.error`, with its values filled in. */
export type Words = (key: string, values?: Readonly<Record<string, string | number>>) => string

export const languages = ['en', 'de'] as const

/** The words of one language, from the same files as the console's. An unknown language is English, so that its refusal can be told. */
export function createWords(resources: string, language: string): Words {
  const i18n = createInstance()
  void i18n.init({
    lng: languages.find(name => name === language) ?? 'en',
    fallbackLng: 'en',
    initAsync: false,
    interpolation: { escapeValue: false },
    resources: Object.fromEntries(
      languages.map(name => [name, readNamespaces(join(resources, 'locales', name))]),
    ),
  })
  // Where the page's words are known to the compiler, too, it would hold these keys against them.
  const t = i18n.t as (key: string, values: object) => string
  return (key, values = {}) => t(key, values)
}

/** The language words are in. */
export function languageOf(words: Words): (typeof languages)[number] {
  return words('reports:cli.code') === 'de' ? 'de' : 'en'
}

function readNamespaces(folder: string): Record<string, object> {
  const files = readdirSync(folder).filter(file => file.endsWith('.json'))
  return Object.fromEntries(
    files.map(file => [file.slice(0, -5), JSON.parse(readFileSync(join(folder, file), 'utf8'))]),
  )
}
