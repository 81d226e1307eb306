import { useMemo } from 'react'
import type { InventoryPageRow, SortColumn } from '#shared/domain/inventory.ts'
import type { GridColumn } from '../../components/grid-columns.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatExact, millisecondsOf } from '../../format/dates.ts'
import type { Language } from '../../format/language.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import * as cells from './inventory-cells.tsx'
import { reasonOf } from './sentences.ts'

type Column = GridColumn<InventoryPageRow>

/** Columns the backend can order by carry its names; the others cannot be sorted. */
export const plainColumns = ['hostName', 'toolCalling', 'advisories', 'owner', 'tags'] as const
export type ColumnId = SortColumn | (typeof plainColumns)[number]

interface Described extends Omit<Column, 'head' | 'hint'> {
  readonly id: ColumnId
  readonly hint?: (row: InventoryPageRow, t: Words, language: Language) => string | null
}

/** What fits into its cell needs no hint that says the same. */
const longer = (text: string | null, most: number) => (text !== null && text.length > most ? text : null)

const described: readonly Described[] = [
  {
    id: 'risk',
    width: 108,
    isPinned: true,
    isSortable: true,
    isLevel: true,
    cell: cells.SeverityCell,
    hint: (row, t) => t(`severityReason.${reasonOf(row)}`),
  },
  { id: 'score', width: 100, alignEnd: true, isSortable: true, highestFirst: true, cell: cells.ScoreCell },
  { id: 'address', width: 176, isPinned: true, isSortable: true, cell: cells.AddressCell },
  { id: 'hostName', width: 132, cell: cells.HostNameCell, hint: row => row.hostnames.join('\n') || null },
  {
    id: 'product',
    width: 176,
    isSortable: true,
    cell: cells.ProductCell,
    hint: (row, t) => t('inventory.confidence', { confidence: row.confidence }),
  },
  {
    id: 'version',
    width: 112,
    isSortable: true,
    cell: cells.VersionCell,
    hint: row => longer(row.version, 12),
  },
  {
    id: 'access',
    width: 138,
    isSortable: true,
    cell: cells.AccessCell,
    hint: (row, t) => t(`accessMeaning.${row.access}`),
  },
  {
    id: 'toolCalling',
    width: 132,
    cell: cells.ToolsCell,
    hint: (row, t) => t(`toolsMeaning.${row.toolCalling ?? 'unknown'}` as 'toolsMeaning.true'),
  },
  {
    id: 'models',
    width: 240,
    grows: 1,
    isSortable: true,
    highestFirst: true,
    cell: cells.ModelsCell,
    hint: row => row.models?.map(model => model.name).join('\n') || null,
  },
  {
    id: 'cors',
    width: 128,
    isSortable: true,
    cell: cells.CorsCell,
    hint: (row, t) => t(`corsMeaning.${row.cors}`),
  },
  { id: 'advisories', width: 110, alignEnd: true, cell: cells.AdvisoriesCell },
  { id: 'owner', width: 150, cell: cells.OwnerCell, hint: row => row.owner },
  {
    id: 'tags',
    width: 150,
    cell: cells.TagsCell,
    hint: row => [...row.tags, row.note].filter(Boolean).join('\n') || null,
  },
  { id: 'zone', width: 96, isSortable: true, cell: cells.ZoneCell },
  { id: 'site', width: 168, isSortable: true, cell: cells.SiteCell, hint: row => row.site },
  {
    id: 'presence',
    width: 128,
    isSortable: true,
    cell: cells.PresenceCell,
    hint: (row, t) => t(`presenceMeaning.${row.presence}`),
  },
  {
    id: 'firstSeenAt',
    width: 132,
    isSortable: true,
    highestFirst: true,
    cell: cells.FirstSeenCell,
    hint: (row, _, language) => formatExact(millisecondsOf(row.firstSeenAt), language),
  },
  {
    id: 'lastSeenAt',
    width: 132,
    isSortable: true,
    highestFirst: true,
    cell: cells.LastSeenCell,
    hint: (row, _, language) => formatExact(millisecondsOf(row.lastSeenAt), language),
  },
]

/** What the inventory shows of each instance, in the language on show. */
export function useInventoryColumns(): readonly Column[] {
  const { t } = useWords()
  const language = useLanguage()
  return useMemo(
    () =>
      described.map(({ hint, ...column }) => ({
        ...column,
        head: t(`inventory.column.${column.id}`),
        ...(hint === undefined ? {} : { hint: row => hint(row, t, language) }),
      })),
    [t, language],
  )
}
