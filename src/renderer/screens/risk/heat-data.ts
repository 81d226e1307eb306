import { useMemo } from 'react'
import { severities } from '#shared/domain/exposure.ts'
import { exposureClasses, type Heatmap, type HeatmapKind } from '#shared/domain/heatmap.ts'
import type { HeatCell, HeatData } from '../../components/heat-chart.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatDate } from '../../format/dates.ts'
import type { Language } from '../../format/language.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'

const mostRows = 24
const mostColumns = 53

/** What the chart draws of a map: its first rows, its last columns, with words for both. */
export function useHeatData(kind: HeatmapKind, map: Heatmap | undefined) {
  const { t } = useWords()
  const language = useLanguage()
  return useMemo(() => (map === undefined ? null : drawn(kind, map, t, language)), [kind, map, t, language])
}

function drawn(kind: HeatmapKind, map: Heatmap, t: Words, language: Language) {
  const rows = map.rows.slice(0, mostRows)
  const columns = map.columns.slice(-mostColumns)
  const [rowAt, columnAt] = [placesOf(rows), placesOf(columns)]
  const queries = new Map<string, string>()
  const cells: HeatCell[] = map.cells.flatMap(({ row, column, value, query }) => {
    const [y, x] = [rowAt.get(row), columnAt.get(column)]
    if (y === undefined || x === undefined) return []
    queries.set(`${y} ${x}`, query)
    const names = { row: rowWords(kind, row, t), column: columnWords(kind, column, t, language) }
    return [
      {
        row: y,
        column: x,
        value,
        number: formatNumber(value, language),
        words: t('risk:chart.cell', { ...names, count: value }),
      },
    ]
  })
  const data: HeatData = {
    rows: rows.map(row => rowWords(kind, row, t)),
    columns: columns.map(column => columnWords(kind, column, t, language)),
    cells,
    showsNumbers: columns.length <= 14,
  }
  return {
    data,
    all: map.rows.length,
    hidden: map.rows.length - rows.length,
    queryOf: ({ row, column }: HeatCell) => queries.get(`${row} ${column}`) ?? '',
  }
}

function placesOf(names: readonly string[]): Map<string, number> {
  return new Map(names.map((name, index) => [name, index]))
}

export function rowWords(kind: HeatmapKind, row: string, t: Words): string {
  if (kind === 'calendar') return t(`risk:weekday.${row as 'mon'}`)
  if (kind === 'likelihood-impact') return `${t('risk:likelihood')} ${row.replace('-', '–')}`
  return kind === 'owner-severity' && row === 'none' ? t('risk:nobody') : row
}

export function columnWords(kind: HeatmapKind, column: string, t: Words, language: Language): string {
  if (kind === 'calendar') return formatDate(column, language)
  if (kind === 'likelihood-impact') return `${t('risk:impact')} ${column.replace('-', '–')}`
  const severity = severities.find(each => each === column)
  if (kind === 'owner-severity' && severity !== undefined) return t(`terms:severity.${severity}`)
  const exposure = exposureClasses.find(each => each === column)
  return exposure === undefined ? column : t(`risk:exposure.${exposure}`)
}
