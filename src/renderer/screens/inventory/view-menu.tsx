import { Button, Menu } from '@mantine/core'
import {
  IconBookmark,
  IconChevronDown,
  IconDeviceFloppy,
  IconPencil,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react'
import { memo, useState } from 'react'
import type { View, ViewInput } from '#shared/domain/view.ts'
import { sayDone, useSayFailed } from '../../actions/say.ts'
import { useSayUndo } from '../../actions/say-undo.tsx'
import { inOrder } from '../../components/grid-layout.ts'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useCommand, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { inventory } from '../../state/route.ts'
import css from './inventory.module.css'
import { useInventoryColumns } from './inventory-columns.ts'
import { columnsShown, layoutOf, useInventoryLayout, useOpenView } from './use-inventory-layout.ts'
import { ViewNameDialog } from './view-name-dialog.tsx'

/** Questions that are kept: open one, keep what is on show under a name, change its name, take it away. */
export const ViewMenu = memo(function ViewMenu() {
  const { t } = useWords()
  const route = useScreenRoute('inventory', inventory)
  const views = useRead('view.list', {}).data ?? []
  const open = useOpenView()
  const now = useShownView()
  const [dialog, setDialog] = useState<'save' | 'rename' | null>(null)
  const actions = useViewActions()
  const isChanged = open !== null && differs(open, now)
  return (
    <>
      <Menu position="bottom-start" width={320}>
        <Menu.Target>
          <Button
            variant="default"
            className={css['viewButton'] ?? ''}
            leftSection={<IconBookmark size={15} aria-hidden />}
            rightSection={<IconChevronDown size={13} aria-hidden />}
          >
            {route.view ?? t('inventory.views')}
            {isChanged ? ` ${t('inventory.viewChanged')}` : ''}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.length === 0 ? <Menu.Label>{t('inventory.noViews')}</Menu.Label> : null}
          <div className={css['viewList']}>
            {views.map(view => (
              <Menu.Item
                key={view.name}
                aria-current={view.name === route.view || undefined}
                leftSection={<IconBookmark size={14} aria-hidden />}
                onClick={() => actions.open(view)}
              >
                <span className={css['viewName']}>{view.name}</span>
                <span className={css['viewQuery']}>{view.query || t('inventory.everything')}</span>
              </Menu.Item>
            ))}
          </div>
          <Menu.Divider />
          {open === null || !isChanged ? null : (
            <Menu.Item
              leftSection={<IconDeviceFloppy size={14} aria-hidden />}
              onClick={() => void actions.save({ ...now, name: open.name }, open)}
            >
              {t('inventory.updateView', { name: open.name })}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setDialog('save')}>
            {t('inventory.saveView')}
          </Menu.Item>
          {open === null ? null : (
            <>
              <Menu.Item
                leftSection={<IconPencil size={14} aria-hidden />}
                onClick={() => setDialog('rename')}
              >
                {t('inventory.renameView', { name: open.name })}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconTrash size={14} aria-hidden />}
                onClick={() => void actions.remove(open)}
              >
                {t('inventory.deleteView', { name: open.name })}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <ViewNameDialog
        key={dialog}
        isOpen={dialog !== null}
        isNew={dialog === 'save'}
        name={dialog === 'rename' ? (open?.name ?? '') : ''}
        taken={views.map(view => view.name)}
        onCancel={() => setDialog(null)}
        onName={async name => {
          const done =
            dialog === 'rename' && open !== null
              ? await actions.rename(open, name)
              : await actions.save({ ...now, name }, null)
          if (done === null) setDialog(null)
          return done
        }}
      />
    </>
  )
})

type Shown = Omit<Required<ViewInput>, 'name'>

/** What a view would keep of what is on show. */
function useShownView(): Shown {
  const { text, sort } = useScreenRoute('inventory', inventory)
  const { layout } = useInventoryLayout()
  const columns = columnsShown(layout, inOrder(useInventoryColumns(), layout.order))
  return { query: text, sort: sort === null ? [] : [sort], columns }
}

function differs(view: View, now: Shown): boolean {
  const [a, b] = [view.sort[0], now.sort[0]]
  const isSorted = a?.column === b?.column && a?.descending === b?.descending
  // A view kept without columns shows whichever are on show.
  const isShown = view.columns === null || view.columns.join() === now.columns?.join()
  return view.query !== now.query.trim() || !isSorted || !isShown
}

function useViewActions() {
  const { t } = useWords()
  const { navigation, viewLayouts } = useParts()
  const saving = useCommand('view.save')
  const renaming = useCommand('view.rename')
  const deleting = useCommand('view.delete')
  const sayFailed = useSayFailed()
  const sayUndo = useSayUndo()
  const ids = useInventoryColumns().map(column => column.id)
  const { layout } = useInventoryLayout()

  const show = (view: View) =>
    navigation.go({ ...inventory, text: view.query, sort: view.sort[0] ?? null, view: view.name })
  return {
    open: show,
    /** null: done. */
    async save(input: ViewInput, before: View | null) {
      const done = await saving.run(input)
      if (!done.ok) return done.failure
      viewLayouts.setState({ [done.value.name]: { ...layout, order: [...(done.value.columns ?? [])] } })
      show(done.value)
      const message = t('inventory.viewSaved', { name: done.value.name })
      if (before === null) sayDone(message)
      else sayUndo(message, () => saving.run(inputOf(before)))
      return null
    },
    async rename(view: View, to: string) {
      const done = await renaming.run({ name: view.name, to })
      if (!done.ok) return done.failure
      const kept = viewLayouts.getState()[view.name] ?? layoutOf(view, ids)
      viewLayouts.setState({ [done.value.name]: kept })
      const route = navigation.store.getState()
      if (route.screen === 'inventory') navigation.replace({ ...route, view: done.value.name })
      return null
    },
    async remove(view: View) {
      const done = await deleting.run({ name: view.name })
      if (!done.ok) return sayFailed(done.failure)
      const route = navigation.store.getState()
      if (route.screen === 'inventory') navigation.replace({ ...route, view: null })
      sayUndo(t('inventory.viewDeleted', { name: view.name }), () => saving.run(inputOf(view)))
    },
  }
}

function inputOf({ name, query, sort, columns }: View): ViewInput {
  return { name, query, sort, columns }
}
