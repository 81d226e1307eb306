import { SegmentedControl, useComputedColorScheme } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { AddressMap } from '#shared/domain/heatmap.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { csvOf, saveFile } from '../../components/save-file.ts'
import { LoadingPanel } from '../../components/state-panel.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { ChartFrame } from './chart-frame.tsx'
import { MapCanvas } from './map-canvas.tsx'
import { type MapMode, mapModes, mapPng, mapSvg, paint } from './map-paint.ts'
import { MapTable } from './map-table.tsx'
import css from './risk.module.css'

/** The authorised address space, network by network. */
export function MapPart() {
  const read = useRead('risk.map', {}, { keepPrevious: true })
  if (read.failure !== null || read.error !== null)
    return <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
  return read.data === undefined ? <LoadingPanel /> : <Shown map={read.data} />
}

function Shown({ map }: { map: AddressMap }) {
  const { t } = useWords()
  const scheme = useComputedColorScheme('light')
  const [mode, setMode] = useState<MapMode>('risk')
  const image = useMemo(() => paint(map, mode, scheme), [map, mode, scheme])
  if (map.networks === 0) return <p className={css['empty']}>{t('risk:map.empty')}</p>
  const save = {
    svg: () => saveFile('address-map.svg', mapSvg(image), 'image/svg+xml'),
    png: () => void mapPng(image).then(blob => saveFile('address-map.png', blob, 'image/png')),
    data: () => {
      const lines = map.cells.map(cell => [
        ...[cell.site, cell.block, cell.count, cell.unowned, cell.level, cell.query],
      ])
      const head = ['site', 'network', 'instances', 'unowned', 'highest risk', 'query']
      saveFile('address-map.csv', csvOf([head, ...lines]), 'text/csv')
    },
  }
  return (
    <ChartFrame
      title={t('risk:map.title')}
      sub={t('risk:map.sub', { count: map.networksPerCell })}
      isEmpty={false}
      save={save}
      controls={
        <SegmentedControl
          size="xs"
          aria-label={t('risk:map.modes')}
          value={mode}
          onChange={value => setMode(mapModes.find(each => each === value) ?? 'risk')}
          data={mapModes.map(each => ({ value: each, label: t(`risk:map.mode.${each}`) }))}
        />
      }
      chart={<MapCanvas map={map} image={image} mode={mode} />}
      table={<MapTable map={map} />}
    />
  )
}
