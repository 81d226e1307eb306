import { NewsButton } from '../../components/news-button.tsx'
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
        <NewsButton onShow={showNews}>
          {news.more > 0 ? t('inventory.newResults', { count: news.more }) : t('inventory.changed')}
        </NewsButton>
      )}
    </div>
  )
}
