import { Button, Menu } from '@mantine/core'
import { IconCheck, IconColumns3, IconRestore } from '@tabler/icons-react'
import { useStore } from 'zustand'
import { inOrder } from '../../components/grid-layout.ts'
import { useParts } from '../../data/parts.tsx'
import { useWords } from '../../i18n/use-words.ts'
import css from './inventory.module.css'
import { useInventoryColumns } from './inventory-columns.ts'

/** Which columns are shown. Their width and order are changed in the grid itself. */
export function ColumnMenu() {
  const { t } = useWords()
  const { inventoryLayout } = useParts()
  const { hidden, order } = useStore(inventoryLayout)
  const columns = inOrder(useInventoryColumns(), order)
  const toggle = (id: string) =>
    inventoryLayout.setState({ hidden: { ...hidden, [id]: hidden[id] !== true } })
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
            <Menu.Item
              key={id}
              role="menuitemcheckbox"
              aria-checked={hidden[id] !== true}
              onClick={() => toggle(id)}
              leftSection={
                <IconCheck
                  size={14}
                  aria-hidden
                  className={css['check']}
                  data-off={hidden[id] || undefined}
                />
              }
            >
              {head}
            </Menu.Item>
          ))}
        <Menu.Divider />
        <Menu.Item
          closeMenuOnClick
          leftSection={<IconRestore size={14} aria-hidden />}
          onClick={() => inventoryLayout.setState({ order: [], widths: {}, hidden: {} })}
        >
          {t('inventory.resetColumns')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
