import { IconBoxOff, IconChartBar, IconFocusCentered, IconRosetteDiscountCheck } from '@tabler/icons-react'
import { useParts, useRoute } from '../data/parts.tsx'
import { useWords } from '../i18n/use-words.ts'
import { models } from '../state/models-route.ts'
import type { PaletteItem } from './palette-item.ts'

/** What the palette offers about models: the two other views of them, and what can be decided on the one that is open. */
export function useModelItems(): readonly PaletteItem[] {
  const { t } = useWords()
  const { navigation } = useParts()
  const route = useRoute()
  const act = (id: string, label: string, icon: PaletteItem['icon'], run: () => void): PaletteItem => ({
    ...{ id, group: 'do', label, icon, run },
  })
  const views = [
    act('blast-radius', t('models:palette.blastRadius'), IconFocusCentered, () =>
      navigation.go({ ...models, tab: 'blast-radius' }),
    ),
    act('concentration', t('models:palette.concentration'), IconChartBar, () =>
      navigation.go({ ...models, tab: 'concentration' }),
    ),
  ]
  if (route.screen !== 'models' || route.model === null) return views
  return [
    ...views,
    act('approve-model', t('models:palette.approve'), IconRosetteDiscountCheck, () =>
      navigation.replace({ ...route, ask: 'approve' }),
    ),
    act('revoke-model', t('models:palette.revoke'), IconBoxOff, () =>
      navigation.replace({ ...route, ask: 'revoke' }),
    ),
  ]
}
