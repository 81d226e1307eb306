import { severities } from '#shared/domain/exposure.ts'
import type { AddressMap } from '#shared/domain/heatmap.ts'
import { SeverityMark } from '../../components/marks.tsx'
import { Mono } from '../../components/mono.tsx'
import { Table } from '../../components/table.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { formatRoute, inventory } from '../../state/route.ts'

/** The cells with instances, fullest first. */
export function MapTable({ map }: { map: AddressMap }) {
  const { t } = useWords()
  const places = new Map(map.cells.at.map((at, index) => [at, index]))
  const of = (list: readonly number[], at: number) => list[places.get(at) ?? -1] ?? 0
  return (
    <Table
      label={t('risk:map.title')}
      rows={map.fullest}
      rowKey={cell => String(cell.at)}
      link={cell => formatRoute({ ...inventory, text: cell.query })}
      columns={[
        { id: 'network', head: t('risk:map.network'), cell: cell => <Mono>{cell.block}</Mono> },
        { id: 'site', head: t('risk:map.site'), cell: cell => cell.site },
        {
          id: 'level',
          head: t('risk:map.level'),
          cell: cell => <SeverityMark severity={severities[of(map.cells.level, cell.at)] ?? 'none'} />,
        },
        { id: 'count', head: t('risk:map.instances'), alignEnd: true, cell: cell => cell.count },
        {
          id: 'unowned',
          head: t('risk:map.unownedHead'),
          alignEnd: true,
          cell: cell => of(map.cells.unowned, cell.at),
        },
      ]}
    />
  )
}
