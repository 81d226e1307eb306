import { Button, Menu } from '@mantine/core'
import { IconCheck, IconColumns3, IconRestore } from '@tabler/icons-react'
import { type KeyboardEvent, memo } from 'react'
import { inOrder } from '../../components/grid-layout.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useInventoryColumns } from './inventory-columns.ts'
import { useInventoryLayout } from './use-inventory-layout.ts'

/** Which columns are shown, and in which order (Alt and an arrow). The mouse moves and resizes them in the grid itself. */
export const ColumnMenu = memo(function ColumnMenu() {
  const { t } = useWords()
  const { layout, change, reset } = useInventoryLayout()
  const { hidden, order } = layout
  const columns = inOrder(useInventoryColumns(), order)
  const toggle = (id: string) => change({ hidden: { ...hidden, [id]: hidden[id] !== true } })
  const move = (id: string, by: 1 | -1) => {
    const ids = columns.map(column => column.id)
    const [from, to] = [ids.indexOf(id), ids.indexOf(id) + by]
    if (columns[to] === undefined || columns[to].isPinned === true) return
    ids.splice(to, 0, ...ids.splice(from, 1))
    change({ order: ids })
  }
  return (
    <Menu closeOnItemClick={false} position="bottom-end" width={240}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconColumns3 size={15} aria-hidden />}>
          {t('inventory.columns')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {columns
          .filter(column => column.isPinned !== true)
          .map(({ id, head }) => (
            <Menu.CheckboxItem
              key={id}
              checked={hidden[id] !== true}
              onChange={() => toggle(id)}
              onKeyDown={event => moveByKey(event, by => move(id, by))}
              checkIcon={<IconCheck size={14} aria-hidden />}
            >
              {head}
            </Menu.CheckboxItem>
          ))}
        <Menu.Label>{t('inventory.moveColumns')}</Menu.Label>
        <Menu.Divider />
        <Menu.Item closeMenuOnClick leftSection={<IconRestore size={14} aria-hidden />} onClick={reset}>
          {t('inventory.resetColumns')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
})

function moveByKey(event: KeyboardEvent, move: (by: 1 | -1) => void): void {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
  if (!event.altKey || by === undefined) return
  event.preventDefault()
  event.stopPropagation()
  move(by as 1 | -1)
}
