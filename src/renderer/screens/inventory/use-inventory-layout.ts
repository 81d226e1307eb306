import { useStore } from 'zustand'
import type { View } from '#shared/domain/view.ts'
import type { ColumnLayout } from '../../components/grid-layout.ts'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import type { GridLayout } from '../../state/grid-layout.ts'
import { inventory } from '../../state/route.ts'
import { type ColumnId, useInventoryColumns } from './inventory-columns.ts'

export interface InventoryLayout {
  readonly layout: GridLayout
  change(part: Partial<ColumnLayout>): void
  /** As they come; in a saved view, as they were saved. */
  reset(): void
}

/** The columns of what is on show: each saved view has its own, and so has the list without one. */
export function useInventoryLayout(): InventoryLayout {
  const { inventoryLayout, viewLayouts } = useParts()
  const { view: name } = useScreenRoute('inventory', inventory)
  const plain = useStore(inventoryLayout)
  const ofViews = useStore(viewLayouts)
  const view = useOpenView()
  const ids = useInventoryColumns().map(column => column.id as ColumnId)
  if (name === null) {
    return {
      layout: plain,
      change: part => inventoryLayout.setState(part),
      reset: () => inventoryLayout.setState({ order: [], widths: {}, hidden: {} }),
    }
  }
  const saved = layoutOf(view, ids)
  const layout = ofViews[name] ?? saved
  return {
    layout,
    change: part => viewLayouts.setState({ [name]: { ...layout, ...part } }),
    reset: () => viewLayouts.setState({ [name]: saved }),
  }
}

/** The saved view that was opened, as it is kept; null: none, or it is not kept any more. */
export function useOpenView(): View | null {
  const { view: name } = useScreenRoute('inventory', inventory)
  const views = useRead('view.list', {}, { enabled: name !== null }).data ?? []
  return views.find(view => view.name === name) ?? null
}

/** A view names the columns it shows, in order. */
export function layoutOf(view: Pick<View, 'columns'> | null, ids: readonly string[]): GridLayout {
  const columns = view?.columns ?? null
  if (columns === null) return { order: [], widths: {}, hidden: {} }
  const hidden = ids.filter(id => !columns.includes(id)).map(id => [id, true] as const)
  return { order: [...columns], widths: {}, hidden: Object.fromEntries(hidden) }
}

/** The columns on show, in order: what a view keeps. */
export function columnsShown({ hidden }: GridLayout, inOrder: readonly { readonly id: string }[]): string[] {
  return inOrder.map(({ id }) => id).filter(id => hidden[id] !== true)
}
