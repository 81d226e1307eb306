import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { namespaces } from './i18n.ts'

/** Finds words: of the console by their key alone, others as `terms:…` and `failures:…`. */
export type Words = TFunction<typeof namespaces>

/** The words in the language on show. */
export function useWords() {
  return useTranslation<typeof namespaces>()
}
