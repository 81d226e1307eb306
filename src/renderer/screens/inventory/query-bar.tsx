import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { InstanceQuery } from '../../query/instance-query.tsx'
import { inventory } from '../../state/route.ts'

/** Where the query of the inventory is written. The list follows while it can be read. */
export function QueryBar({ onLeave }: { onLeave: () => void }) {
  const { t } = useWords()
  const { navigation } = useParts()
  const route = useScreenRoute('inventory', inventory)
  return (
    <InstanceQuery
      id="inventory-filter"
      label={t('inventory.filter')}
      placeholder={t('inventory.filterHint')}
      query={route.text}
      onQuery={text => navigation.replace({ ...route, text })}
      onLeave={onLeave}
    />
  )
}
