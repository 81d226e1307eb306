import type { i18n, TFunction } from 'i18next'
import { createContext, useContext } from 'react'
import type { namespaces } from './i18n.ts'

/** Finds words: of the console by their key alone, others as `terms:…` and `failures:…`. */
export type Words = TFunction<typeof namespaces>

export interface WordsOnShow {
  readonly t: Words
  readonly i18n: i18n
}

export const WordsContext = createContext<WordsOnShow | null>(null)

/** The words in the language on show. */
export function useWords(): WordsOnShow {
  const words = useContext(WordsContext)
  if (words === null) throw new Error('outside of WordsProvider')
  return words
}
