import { useMemo } from 'react'
import type { HeldModel } from '#shared/domain/held-model.ts'
import { ModelSortColumn } from '#shared/domain/model-list.ts'
import type { GridColumn } from '../../components/grid-columns.tsx'
import { licenceWords } from '../../components/licence-words.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatExact, millisecondsOf } from '../../format/dates.ts'
import type { Language } from '../../format/language.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import * as cells from './model-cells.tsx'

type Column = GridColumn<HeldModel>

interface Described extends Omit<Column, 'head' | 'hint'> {
  readonly id: ModelSortColumn | 'capabilities'
  readonly hint?: (row: HeldModel, t: Words, language: Language) => string | null
}

const exact = (at: string | null, language: Language) =>
  at === null ? null : formatExact(millisecondsOf(at), language)

/** What fits into its cell needs no hint that says the same. */
function longLicence(row: HeldModel, t: Words): string | null {
  const words = licenceWords(row.licence, t)
  return words !== null && words.length > 22 ? words : null
}

const described: readonly Described[] = [
  { id: 'name', width: 236, isPinned: true, cell: cells.NameCell, hint: row => row.names.join('\n') },
  { id: 'instances', width: 126, alignEnd: true, highestFirst: true, cell: cells.InstancesCell },
  {
    id: 'register',
    width: 132,
    cell: cells.RegisterCell,
    hint: (row, t) => (row.approved ?? row.revoked)?.note || t(`models:registerMeaning.${row.register}`),
  },
  { id: 'remote', width: 150, cell: cells.RemoteCell, hint: row => row.remoteHost },
  { id: 'family', width: 104, cell: cells.FamilyCell },
  { id: 'parameters', width: 100, alignEnd: true, highestFirst: true, cell: cells.ParametersCell },
  { id: 'quantization', width: 118, cell: cells.QuantizationCell },
  { id: 'size', width: 92, alignEnd: true, highestFirst: true, cell: cells.SizeCell },
  { id: 'capabilities', width: 200, grows: 1, cell: cells.CapabilitiesCell },
  { id: 'licence', width: 190, cell: cells.LicenceCell, hint: longLicence },
  { id: 'source', width: 144, cell: cells.SourceCell, hint: row => row.sources.join('\n') || null },
  {
    id: 'drift',
    width: 128,
    highestFirst: true,
    cell: cells.DriftCell,
    hint: ({ drift }, t) =>
      drift.to + drift.from === 0 ? null : t('models:screen.driftHint', { to: drift.to, from: drift.from }),
  },
  {
    id: 'firstSeenAt',
    width: 126,
    highestFirst: true,
    cell: cells.FirstSeenCell,
    hint: (row, _, language) => exact(row.firstSeenAt, language),
  },
  {
    id: 'lastSeenAt',
    width: 126,
    highestFirst: true,
    cell: cells.LastSeenCell,
    hint: (row, _, language) => exact(row.lastSeenAt, language),
  },
  { id: 'digest', width: 130, cell: cells.DigestCell, hint: row => row.digest },
]

/** What the list shows of each model, in the language on show. */
export function useModelColumns(): readonly Column[] {
  const { t } = useWords()
  const language = useLanguage()
  return useMemo(
    () =>
      described.map(({ hint, ...column }) => ({
        ...column,
        head: t(`models:screen.column.${column.id}`),
        isSortable: ModelSortColumn.safeParse(column.id).success,
        ...(hint === undefined ? {} : { hint: row => hint(row, t, language) }),
      })),
    [t, language],
  )
}
