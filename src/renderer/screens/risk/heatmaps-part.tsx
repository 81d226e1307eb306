import { useComputedColorScheme } from '@mantine/core'
import { type HeatmapKind, heatmapKinds } from '#shared/domain/heatmap.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { HeatChart, heatPng, heatSvg } from '../../components/heat-chart.tsx'
import { blobOf, csvOf, saveFile } from '../../components/save-file.ts'
import { SourceLine } from '../../components/source-line.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { useParts } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { inventory } from '../../state/route.ts'
import { ChartFrame } from './chart-frame.tsx'
import { useHeatData } from './heat-data.ts'
import { HeatTable } from './heat-table.tsx'

/** The address space has a map of its own. */
const shown = heatmapKinds.filter(kind => kind !== 'address-space')

export function HeatmapsPart() {
  const { data } = useRead('risk.overview', {}, { keepPrevious: true })
  return (
    <>
      {shown.map(kind => (
        <HeatmapSection key={kind} kind={kind} />
      ))}
      {data === undefined ? null : <SourceLine scans={data.scans} />}
    </>
  )
}

const rowHeight = 34
const headHeight = 44

function HeatmapSection({ kind }: { kind: HeatmapKind }) {
  const { t } = useWords()
  const { navigation } = useParts()
  const scheme = useComputedColorScheme('light')
  const read = useRead('risk.heatmap', { kind }, { keepPrevious: true })
  const heat = useHeatData(kind, read.data)
  if (read.failure !== null || read.error !== null)
    return <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
  if (read.data === undefined || heat === null) return <LoadingPanel lines={4} />
  const height = headHeight + heat.data.rows.length * rowHeight
  const title = t(`risk:heatmap.${kind}`)
  const { cells } = read.data
  const save = {
    svg: () => saveFile(`${kind}.svg`, heatSvg(heat.data, scheme, 1000, height), 'image/svg+xml'),
    png: () => saveFile(`${kind}.png`, blobOf(heatPng(heat.data, scheme, 1000, height)), 'image/png'),
    data: () => {
      const lines = cells.map(({ row, column, value, query }) => [row, column, value, query])
      saveFile(`${kind}.csv`, csvOf([['row', 'column', 'value', 'query'], ...lines]), 'text/csv')
    },
  }
  return (
    <ChartFrame
      title={title}
      sub={t(`risk:heatmapSub.${kind}`)}
      note={heat.hidden === 0 ? null : t('risk:chart.more', { shown: heat.data.rows.length, all: heat.all })}
      isEmpty={cells.length === 0}
      save={save}
      chart={
        <HeatChart
          data={heat.data}
          label={title}
          height={height}
          onCell={cell => navigation.go({ ...inventory, text: heat.queryOf(cell) })}
        />
      }
      table={<HeatTable kind={kind} map={read.data} />}
    />
  )
}
