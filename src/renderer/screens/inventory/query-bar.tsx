import { useTyped } from '../../components/use-typed.ts'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { InstanceQuery } from '../../query/instance-query.tsx'
import { inventory } from '../../state/route.ts'

/** Longer than most people take from one letter to the next: rows are drawn anew when they have stopped, not in between. */
const restMs = 250

/** Where the query of the inventory is written. The list follows while it can be read, and nothing else is drawn for each letter. */
export function QueryBar({ onLeave }: { onLeave: () => void }) {
  const { t } = useWords()
  const { navigation } = useParts()
  const route = useScreenRoute('inventory', inventory)
  const typed = useTyped(
    route.text,
    text => {
      // Something else may have been opened meanwhile.
      const now = navigation.store.getState()
      if (now.screen === 'inventory') navigation.replace({ ...now, text })
    },
    restMs,
  )
  return (
    <InstanceQuery
      id="inventory-filter"
      label={t('inventory.filter')}
      placeholder={t('inventory.filterHint')}
      query={typed.text}
      onQuery={typed.type}
      onBlur={typed.settle}
      onLeave={() => {
        typed.settle()
        onLeave()
      }}
    />
  )
}
