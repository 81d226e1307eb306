import type { Language } from '../format/language.ts'
import { useWords } from '../i18n/use-words.ts'

/** The language on show, for whoever formats numbers and dates. */
export function useLanguage(): Language {
  return useWords().i18n.language as Language
}
