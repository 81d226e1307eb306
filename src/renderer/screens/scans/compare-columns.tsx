import { useMemo } from 'react'
import { formatAddressPort } from '#shared/domain/address.ts'
import { fieldLabel, fieldValue } from '../../components/field-words.ts'
import type { GridColumn } from '../../components/grid-columns.tsx'
import { PresenceMark, Unknown } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useWords } from '../../i18n/use-words.ts'
import type { ComparedPart } from '../../state/route.ts'
import css from './compare.module.css'
import type { ComparedRow } from './compare-rows.ts'

type Column = GridColumn<ComparedRow>
interface CellProps {
  readonly row: ComparedRow
}

/** What a part of the comparison shows of each line. */
export function useCompareColumns(part: ComparedPart): readonly Column[] {
  const { t } = useWords()
  const language = useLanguage()
  return useMemo(() => {
    const column = (id: string, width: number, cell: Column['cell'], more: Partial<Column> = {}): Column => ({
      id,
      head: t(`history:compare.column.${id as 'address'}`),
      width,
      cell,
      ...more,
    })
    const value = (side: 'from' | 'to', { change }: ComparedRow) =>
      change === null ? null : fieldValue(change.name, change[side], t, language)
    // The last one takes what is left: lines go to the edge.
    const siteWidth = part === 'new' ? { grows: 1 } : {}
    const place = column('address', 190, AddressCell, { isPinned: true })
    const where = [
      column('product', 168, ProductCell),
      column('site', 160, ({ row }) => <Repeated row={row}>{row.name.site}</Repeated>, siteWidth),
    ]
    const byPart: Readonly<Record<ComparedPart, readonly Column[]>> = {
      new: [],
      gone: [column('presence', 220, PresenceCell, { grows: 1 })],
      notCovered: [
        column('why', 320, WhyCell, { grows: 1, hint: () => t('history:compare.notCoveredHint') }),
      ],
      changed: changeColumns(),
      returned: changeColumns(),
    }
    // What differs is what one came for: it stands next to the address, where the window is narrow, too.
    return part === 'new' ? [place, ...where] : [place, ...byPart[part], ...where]

    function changeColumns(): Column[] {
      return [
        column('what', 230, WhatCell, {
          grows: 1,
          hint: row => (row.change === null ? null : fieldLabel(row.change.name, t)),
        }),
        column('before', 176, ({ row }) => <Value text={value('from', row)} />, {
          grows: 1,
          hint: row => value('from', row),
        }),
        column('after', 176, ({ row }) => <Value text={value('to', row)} isNow />, {
          grows: 1,
          hint: row => value('to', row),
        }),
      ]
    }
  }, [t, language, part])
}

function Repeated({ row, children }: CellProps & { children: React.ReactNode }) {
  return <span className={row.isFirst ? undefined : css['repeated']}>{children}</span>
}

function AddressCell({ row }: CellProps) {
  return (
    <Repeated row={row}>
      <Mono>{formatAddressPort(row.name.address, row.name.port)}</Mono>
    </Repeated>
  )
}

function ProductCell({ row }: CellProps) {
  const { t } = useWords()
  const { product, suspected } = row.name
  const word = suspected === null ? t(`terms:product.${product}`) : t(`terms:suspected.${suspected}`)
  return <Repeated row={row}>{suspected === null && product === 'unknown' ? <Unknown /> : word}</Repeated>
}

function PresenceCell({ row }: CellProps) {
  return row.presence === null ? null : <PresenceMark presence={row.presence} />
}

function WhyCell({ row }: CellProps) {
  const { t } = useWords()
  return row.missed === null
    ? null
    : t(`history:diff.why.${row.missed.why}`, { scans: row.missed.scans.join(', ') })
}

function WhatCell({ row }: CellProps) {
  const { t } = useWords()
  return row.change === null ? (
    <span className={css['same']}>{t('history:compare.same')}</span>
  ) : (
    fieldLabel(row.change.name, t)
  )
}

function Value({ text, isNow = false }: { text: string | null; isNow?: boolean }) {
  if (text === null) return null
  return (
    <span className={isNow ? css['now'] : css['was']}>
      {/^[0-9a-f]{12}$/.test(text) ? <Mono>{text}</Mono> : text}
    </span>
  )
}
