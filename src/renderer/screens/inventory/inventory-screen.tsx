import { Button } from '@mantine/core'
import { IconPlayerPlay, IconUsersGroup } from '@tabler/icons-react'
import { memo } from 'react'
import { formatAddressPort } from '#shared/domain/address.ts'
import { SortColumn } from '#shared/domain/inventory.ts'
import { ExportTableButton } from '../../actions/export-table.tsx'
import { sayDone } from '../../actions/say.ts'
import { DataGrid } from '../../components/data-grid.tsx'
import type { GridSort } from '../../components/grid-columns.tsx'
import { ListArea } from '../../components/list-area.tsx'
import { copyText } from '../../components/mono.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ScreenLayout } from '../../components/screen-layout.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useParts, usePreferences, useScreenRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import { type InventoryRoute, inventory, scans } from '../../state/route.ts'
import { rowHeights } from '../../theme/tokens.ts'
import { BulkBar } from './bulk-bar.tsx'
import { FacetChips } from './facet-chips.tsx'
import { InstanceDrawer } from './instance-drawer.tsx'
import { useInventoryColumns } from './inventory-columns.ts'
import { InventoryEmpty } from './inventory-empty.tsx'
import { InventoryToolbar } from './inventory-toolbar.tsx'
import { ProposalsDrawer } from './proposals-drawer.tsx'
import { type Inventory, useInventory } from './use-inventory.ts'
import { useInventoryLayout } from './use-inventory-layout.ts'
import { type InventoryPicks, useInventoryPicks } from './use-picks.ts'

/** Every instance that is known. */
export function InventoryScreen() {
  const { t } = useWords()
  const { navigation } = useParts()
  const route = useScreenRoute('inventory', inventory)
  const rows = useInventory()
  const picks = useInventoryPicks(rows.query)
  useInventoryKeys(rows)
  const close = () => {
    navigation.go({ ...route, instance: null, tab: 'summary', proposals: false })
    rows.handle.current?.focus()
  }
  return (
    <ScreenLayout
      scrolls={false}
      header={
        <PageHeader title={t('screen.inventory')} count={countOf(rows, t)}>
          <ExportTableButton table="instances" query={rows.query} />
          <OpenProposals />
          <Button
            leftSection={<IconPlayerPlay size={15} aria-hidden />}
            onClick={() => navigation.go({ ...scans, scan: 'new' })}
          >
            {t('scans.start')}
          </Button>
        </PageHeader>
      }
      drawer={
        route.proposals ? (
          <ProposalsDrawer onClose={close} />
        ) : route.instance === null ? null : (
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
      {picks.count === 0 && picks.failure === null ? (
        <FacetChips query={rows.query} />
      ) : (
        <BulkBar picks={picks} rows={rows} />
      )}
      <ListArea
        failure={rows.failure}
        error={rows.error}
        onRetry={rows.showNews}
        empty={rows.total === 0 ? <InventoryEmpty text={rows.query} /> : null}
      >
        <InventoryGrid rows={rows} route={route} picks={picks} />
      </ListArea>
    </ScreenLayout>
  )
}

/** Leads to the open questions about who is who, where there are any. */
const OpenProposals = memo(function OpenProposals() {
  const { t } = useWords()
  const { navigation } = useParts()
  const count = useRead('identity.proposals', {}, { keepPrevious: true }).data?.length ?? 0
  if (count === 0) return null
  return (
    <Button
      variant="default"
      leftSection={<IconUsersGroup size={15} aria-hidden />}
      onClick={() => {
        const now = navigation.store.getState()
        const base = now.screen === 'inventory' ? now : inventory
        navigation.go({ ...base, instance: null, tab: 'summary', proposals: true })
      }}
    >
      {t('identity:tab.header', { count })}
    </Button>
  )
})

interface InventoryGridProps {
  readonly rows: Inventory
  readonly route: InventoryRoute
  readonly picks: InventoryPicks
}

function InventoryGrid({ rows, route, picks }: InventoryGridProps) {
  const { t } = useWords()
  const { navigation } = useParts()
  const { density } = usePreferences()
  const { layout, change } = useInventoryLayout()
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
      onLayout={change}
      picks={picks.grid}
      load={rows.load}
      outline={rows.outline}
      onPage={rows.onPage}
      selectedKey={route.instance === null ? null : String(route.instance)}
      onOpen={row => navigation.go({ ...route, instance: row.id, proposals: false })}
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
    x: () => handle.current?.pick(),
    '/': () => document.getElementById('inventory-filter')?.focus(),
  })
}
