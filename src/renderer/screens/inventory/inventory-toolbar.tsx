import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useWords } from '../../i18n/use-words.ts'
import { ColumnMenu } from './column-menu.tsx'
import css from './inventory.module.css'
import { QueryBar } from './query-bar.tsx'
import type { Inventory } from './use-inventory.ts'
import { ViewMenu } from './view-menu.tsx'

/** What narrows the list, what is new in it, and which columns it has. */
export function InventoryToolbar({ rows }: { rows: Inventory }) {
  return (
    <div className={css['toolbar']}>
      <QueryBar onLeave={() => rows.handle.current?.focus()} />
      <ViewMenu />
      <News rows={rows} />
      <div className={css['end']}>
        <ColumnMenu />
      </div>
    </div>
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
