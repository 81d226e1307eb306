import type { i18n } from 'i18next'
import { type ReactNode, useMemo } from 'react'
import { I18nextProvider, useTranslation } from 'react-i18next'
import type { namespaces } from './i18n.ts'
import { WordsContext } from './use-words.ts'

/** Brings the words to everything below. */
export function WordsProvider({ words, children }: { words: i18n; children: ReactNode }) {
  return (
    <I18nextProvider i18n={words}>
      <OnShow>{children}</OnShow>
    </I18nextProvider>
  )
}

/** Follows the language once for all: hundreds of cells of a grid each following it were a third of what drawing them took. */
function OnShow({ children }: { children: ReactNode }) {
  const { t, i18n } = useTranslation<typeof namespaces>()
  const words = useMemo(() => ({ t, i18n }), [t, i18n])
  return <WordsContext value={words}>{children}</WordsContext>
}
