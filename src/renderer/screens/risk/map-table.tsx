import type { AddressMap } from '#shared/domain/heatmap.ts'
import { SeverityMark } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { Table } from '../../components/table.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { formatRoute, inventory } from '../../state/route.ts'

const mostRows = 500

/** The cells with instances, fullest first. */
export function MapTable({ map }: { map: AddressMap }) {
  const { t } = useWords()
  const rows = map.cells.toSorted((a, b) => b.count - a.count).slice(0, mostRows)
  return (
    <Table
      label={t('risk:map.title')}
      rows={rows}
      rowKey={cell => String(cell.at)}
      link={cell => formatRoute({ ...inventory, text: cell.query })}
      columns={[
        { id: 'network', head: t('risk:map.network'), cell: cell => <Mono>{cell.block}</Mono> },
        { id: 'site', head: t('risk:map.site'), cell: cell => cell.site },
        { id: 'level', head: t('risk:map.level'), cell: cell => <SeverityMark severity={cell.level} /> },
        { id: 'count', head: t('risk:map.instances'), alignEnd: true, cell: cell => cell.count },
        { id: 'unowned', head: t('risk:map.unownedHead'), alignEnd: true, cell: cell => cell.unowned },
      ]}
    />
  )
}
