import { Spotlight } from '@mantine/spotlight'
import { IconSearch, IconServer } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { formatAddressPort } from '#shared/domain/address.ts'
import type { InventoryPageRow } from '#shared/domain/inventory.ts'
import { SeverityMark } from '../components/marks.tsx'
import { Mono } from '../components/mono.tsx'
import { useDebounced } from '../components/use-debounced.ts'
import { useParts } from '../data/parts.tsx'
import { useRead } from '../data/reads.ts'
import { useWords } from '../i18n/use-words.ts'
import { inventory } from '../state/route.ts'
import css from './palette.module.css'
import { type PaletteItem, usePaletteItems } from './palette-items.ts'

/** Go anywhere, do anything, find any instance: Ctrl/Cmd K. */
export function Palette({ onKeys }: { onKeys: () => void }) {
  const { t } = useWords()
  const [query, setQuery] = useState('')
  const items = usePaletteItems(query, onKeys)
  const instances = useFound(query)
  useEffect(selectFirst)
  const groups = (['go', 'do'] as const).map(group => ({
    group,
    items: items.filter(item => item.group === group),
  }))
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      tagsToIgnore={[]}
      lockScroll={false}
      scrollable
      maxHeight={420}
      centered={false}
      yOffset="12vh"
      size={640}
      overlayProps={{ blur: 0, className: css['scrim'] ?? '' }}
      transitionProps={{ duration: 80 }}
      classNames={classNames}
      attributes={{ content: { 'aria-label': t('palette.title') } }}
    >
      <Spotlight.Search
        placeholder={t('palette.hint')}
        aria-label={t('palette.hint')}
        leftSection={<IconSearch size={17} aria-hidden />}
      />
      <Spotlight.ActionsList data-palette {...scrolledByKeyboard}>
        {groups.map(({ group, items: shown }) =>
          shown.length === 0 ? null : (
            <Spotlight.ActionsGroup key={group} label={t(`palette.${group}`)}>
              {shown.map(item => (
                <Item key={item.id} item={item} />
              ))}
            </Spotlight.ActionsGroup>
          ),
        )}
        {instances.length === 0 ? null : (
          <Spotlight.ActionsGroup label={t('palette.instances')}>
            {instances.map(row => (
              <Instance key={row.id} row={row} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {items.length + instances.length > 0 ? null : (
          <Spotlight.Empty>{t('palette.nothing', { query })}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

/** The list hands these on to what it scrolls in, though its types do not say so. */
const scrolledByKeyboard = { viewportProps: { tabIndex: 0 } }

/** Instances come after the list has chosen what Enter runs: where there was nothing, it is the first of them. */
function selectFirst(): void {
  const list = document.querySelector('[data-palette]')
  if (list?.querySelector('[data-selected]') != null) return
  list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
}

const classNames = {
  content: css['content'] ?? '',
  search: css['search'] ?? '',
  action: css['action'] ?? '',
  actionLabel: css['label'] ?? '',
  actionsGroup: css['group'] ?? '',
  empty: css['empty'] ?? '',
  actionsList: css['list'] ?? '',
}

function Item({ item }: { item: PaletteItem }) {
  const Shape = item.icon
  return (
    <Spotlight.Action
      label={item.label}
      leftSection={<Shape size={16} stroke={1.7} aria-hidden />}
      rightSection={item.keys === undefined ? null : <span className={css['keys']}>{item.keys}</span>}
      onClick={item.run}
    />
  )
}

function Instance({ row }: { row: InventoryPageRow }) {
  const { t } = useWords()
  const { navigation } = useParts()
  const models = (row.models ?? []).map(model => model.name).join(', ')
  return (
    <Spotlight.Action onClick={() => navigation.go({ ...inventory, instance: row.id })}>
      <IconServer size={16} stroke={1.7} aria-hidden className={css['icon']} />
      <span className={css['address']}>
        <Mono>{formatAddressPort(row.address, row.port)}</Mono>
      </span>
      <span className={css['what']}>
        {row.product === 'unknown' ? t('palette.unknown') : t(`terms:product.${row.product}`)}
        <span className={css['models']}>{models}</span>
      </span>
      <SeverityMark severity={row.severity} />
    </Spotlight.Action>
  )
}

/** Instances that match what is typed; each question ends the one before. */
function useFound(query: string): readonly InventoryPageRow[] {
  const text = useDebounced(query.trim(), 120)
  const isAsked = text.length >= 2 && !text.startsWith('paddock://')
  const page = useRead(
    'inventory.page',
    { text: text.slice(0, 200), limit: 8, sort: [{ column: 'risk', descending: false }] },
    { enabled: isAsked, keepPrevious: true },
  )
  return isAsked ? (page.data?.rows ?? []) : []
}
