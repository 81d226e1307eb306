import { useMemo } from 'react'
import { useWords } from '../i18n/use-words.ts'

/** What the grid itself says, nearly all of it to screen readers. */
export function useGridWords(): { language: string; texts: Record<string, string> } {
  const { t, i18n } = useWords()
  return useMemo(
    () => ({
      language: i18n.language,
      texts: {
        loadingOoo: t('loading'),
        loadingError: t('grid.error'),
        ariaSortableColumn: t('grid.sortable'),
        ariaLabelLoadingError: t('grid.error'),
        ariaLabelTooltip: t('grid.hint'),
      },
    }),
    [t, i18n.language],
  )
}
