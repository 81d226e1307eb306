import type { Heatmap, HeatmapKind } from '#shared/domain/heatmap.ts'
import { Table } from '../../components/table.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { formatNumber } from '../../format/numbers.ts'
import { useWords } from '../../i18n/use-words.ts'
import { formatRoute, inventory } from '../../state/route.ts'
import { columnWords, rowWords } from './heat-data.ts'

const mostRows = 1000

/** The same numbers as the chart, each a link to what it counts. */
export function HeatTable({ kind, map }: { kind: HeatmapKind; map: Heatmap }) {
  const { t } = useWords()
  const language = useLanguage()
  const cells = new Map(map.cells.map(cell => [`${cell.row}\n${cell.column}`, cell]))
  return (
    <Table
      label={t(`risk:heatmap.${kind}`)}
      rows={map.rows.slice(0, mostRows)}
      rowKey={row => row}
      columns={[
        { id: 'row', head: '', cell: row => rowWords(kind, row, t) },
        ...map.columns.map(column => ({
          id: column,
          head: columnWords(kind, column, t, language),
          alignEnd: true,
          cell: (row: string) => {
            const cell = cells.get(`${row}\n${column}`)
            if (cell === undefined) return 0
            return (
              <a href={formatRoute({ ...inventory, text: cell.query })}>
                {formatNumber(cell.value, language)}
              </a>
            )
          },
        })),
      ]}
    />
  )
}
