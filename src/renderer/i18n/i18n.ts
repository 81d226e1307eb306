import { createInstance, type i18n } from 'i18next'
import deConsole from '../../../resources/locales/de/console.json'
import deExchange from '../../../resources/locales/de/exchange.json'
import deFailures from '../../../resources/locales/de/failures.json'
import deTerms from '../../../resources/locales/de/terms.json'
import enConsole from '../../../resources/locales/en/console.json'
import enExchange from '../../../resources/locales/en/exchange.json'
import enFailures from '../../../resources/locales/en/failures.json'
import enTerms from '../../../resources/locales/en/terms.json'
import type { Language } from '../format/language.ts'

/** The words of the console by language. `failures` and `terms` are the command line's as well. */
export const resources = {
  en: { console: enConsole, exchange: enExchange, failures: enFailures, terms: enTerms },
  de: { console: deConsole, exchange: deExchange, failures: deFailures, terms: deTerms },
} as const satisfies Record<Language, object>

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'console'
    resources: (typeof resources)['en']
  }
}

/** The first is the one whose keys need no prefix. */
export const namespaces = ['console', 'exchange', 'failures', 'terms'] as const

/** All languages are in the bundle, so that switching needs no loading. A missing key is told; English stands in. */
export function createWords(language: Language, onMissing: (key: string) => void): i18n {
  const words = createInstance()
  void words.init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'console',
    ns: namespaces,
    resources,
    initAsync: false,
    interpolation: { escapeValue: false }, // React escapes
    saveMissing: true,
    missingKeyHandler: (_languages, namespace, key) => onMissing(`${namespace}:${key}`),
  })
  return words
}
