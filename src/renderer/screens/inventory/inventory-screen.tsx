import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { formatAddressPort } from '#shared/domain/address.ts'
import { SortColumn } from '#shared/domain/inventory.ts'
import { ExportTableButton } from '../../actions/export-table.tsx'
import { sayDone } from '../../actions/say.ts'
import { DataGrid, type GridSort } from '../../components/data-grid.tsx'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { copyText } from '../../components/mono.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ScreenLayout } from '../../components/screen-layout.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useParts, usePreferences, useScreenRoute } from '../../data/parts.tsx'
import { useWords, type Words } from '../../i18n/use-words.ts'
import { type InventoryRoute, inventory, scans } from '../../state/route.ts'
import { rowHeights } from '../../theme/tokens.ts'
import { FacetChips } from './facet-chips.tsx'
import { InstanceDrawer } from './instance-drawer.tsx'
import css from './inventory.module.css'
import { useInventoryColumns } from './inventory-columns.ts'
import { InventoryEmpty } from './inventory-empty.tsx'
import { InventoryToolbar } from './inventory-toolbar.tsx'
import { type Inventory, useInventory } from './use-inventory.ts'

/** Every instance that is known. */
export function InventoryScreen() {
  const { t } = useWords()
  const { navigation } = useParts()
  const route = useScreenRoute('inventory', inventory)
  const rows = useInventory()
  useInventoryKeys(rows)
  const close = () => {
    navigation.go({ ...route, instance: null, tab: 'summary' })
    rows.handle.current?.focus()
  }
  return (
    <ScreenLayout
      scrolls={false}
      header={
        <PageHeader title={t('screen.inventory')} count={countOf(rows, t)}>
          <ExportTableButton table="instances" query={rows.query} />
          <Button
            leftSection={<IconPlayerPlay size={15} aria-hidden />}
            onClick={() => navigation.go({ ...scans, scan: 'new' })}
          >
            {t('scans.start')}
          </Button>
        </PageHeader>
      }
      drawer={
        route.instance === null ? null : (
          <InstanceDrawer
            id={route.instance}
            tab={route.tab}
            onTab={tab => navigation.replace({ ...route, tab })}
            onClose={close}
            onStep={step => rows.handle.current?.step(step)}
          />
        )
      }
    >
      <InventoryToolbar rows={rows} />
      <FacetChips query={rows.query} />
      {rows.failure === null && rows.error === null ? null : (
        <div className={css['trouble']}>
          <FailurePanel failure={rows.failure} error={rows.error} onRetry={rows.showNews} />
        </div>
      )}
      <div className={css['list']}>
        <InventoryGrid rows={rows} route={route} />
        {rows.total === 0 ? <InventoryEmpty text={rows.query} /> : null}
      </div>
    </ScreenLayout>
  )
}

function InventoryGrid({ rows, route }: { rows: Inventory; route: InventoryRoute }) {
  const { t } = useWords()
  const { navigation, inventoryLayout } = useParts()
  const { density } = usePreferences()
  const layout = useStore(inventoryLayout)
  const columns = useInventoryColumns()
  const read = () => navigation.store.getState()
  const onSort = (sort: GridSort | null) => {
    const now = read()
    const column = SortColumn.safeParse(sort?.column)
    if (now.screen !== 'inventory') return
    const next = sort === null || !column.success ? null : { ...sort, column: column.data }
    navigation.replace({ ...now, sort: next })
  }
  return (
    <DataGrid
      label={t('screen.inventory')}
      columns={columns}
      rowKey={row => String(row.id)}
      rowHeight={rowHeights[density]}
      sort={route.sort}
      onSort={onSort}
      layout={layout}
      onLayout={change => inventoryLayout.setState(change)}
      load={rows.load}
      onPage={rows.onPage}
      selectedKey={route.instance === null ? null : String(route.instance)}
      onOpen={row => navigation.go({ ...route, instance: row.id })}
      onMove={row => {
        const now = read()
        if (now.screen === 'inventory' && now.instance !== null && now.instance !== row.id)
          navigation.replace({ ...now, instance: row.id })
      }}
      onReady={handle => {
        rows.handle.current = handle
      }}
    />
  )
}

/** "60 instances", "12 of 60". */
function countOf({ total, all }: Inventory, t: Words): string | null {
  if (total === null) return null
  if (all === null || total >= all) return t('inventory.count', { count: total })
  return t('inventory.countOf', { count: total, all })
}

function useInventoryKeys({ handle, showNews }: Inventory): void {
  const { t } = useWords()
  const copy = () => {
    const row = handle.current?.focused()
    if (row == null) return
    const address = formatAddressPort(row.address, row.port)
    void copyText(address).then(() => sayDone(t('inventory.copied', { address })))
  }
  useKeys({
    j: () => handle.current?.step(1),
    k: () => handle.current?.step(-1),
    c: copy,
    r: showNews,
    '/': () => document.getElementById('inventory-filter')?.focus(),
  })
}
