import { Button, CloseButton, TextInput } from '@mantine/core'
import { IconRefresh, IconSearch } from '@tabler/icons-react'
import { KeyCap } from '../../components/key-cap.tsx'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { inventory } from '../../state/route.ts'
import { ColumnMenu } from './column-menu.tsx'
import css from './inventory.module.css'
import type { Inventory } from './use-inventory.ts'

/** What narrows the list, what is new in it, and which columns it has. */
export function InventoryToolbar({ rows }: { rows: Inventory }) {
  return (
    <div className={css['toolbar']}>
      <Filter rows={rows} />
      <News rows={rows} />
      <div className={css['end']}>
        <ColumnMenu />
      </div>
    </div>
  )
}

function Filter({ rows }: { rows: Inventory }) {
  const { t } = useWords()
  const { navigation } = useParts()
  const route = useScreenRoute('inventory', inventory)
  const set = (text: string) => navigation.replace({ ...route, text: text.slice(0, 200) })
  return (
    <TextInput
      id="inventory-filter"
      className={css['filter'] ?? ''}
      placeholder={t('inventory.filterHint')}
      aria-label={t('inventory.filter')}
      value={route.text}
      onChange={event => set(event.currentTarget.value)}
      onKeyDown={event => {
        if (event.key === 'Escape') set('')
        if (event.key === 'Enter' || event.key === 'ArrowDown') rows.handle.current?.focus()
      }}
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={
        route.text === '' ? (
          <KeyCap>/</KeyCap>
        ) : (
          <CloseButton size="sm" aria-label={t('inventory.clear')} onClick={() => set('')} />
        )
      }
    />
  )
}

function News({ rows: { news, showNews } }: { rows: Inventory }) {
  const { t } = useWords()
  return (
    <div role="status" className={css['news']}>
      {news === null ? null : (
        <Button
          size="xs"
          variant="light"
          leftSection={<IconRefresh size={14} aria-hidden />}
          onClick={showNews}
        >
          {news.more > 0 ? t('inventory.newResults', { count: news.more }) : t('inventory.changed')}
        </Button>
      )}
    </div>
  )
}
