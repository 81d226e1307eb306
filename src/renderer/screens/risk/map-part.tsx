import { SegmentedControl, useComputedColorScheme } from '@mantine/core'
import { useMemo, useState } from 'react'
import { severities } from '#shared/domain/exposure.ts'
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
      const { at, count, unowned, level } = map.cells
      const rows = at.map((place, index) => [
        place,
        count[index] ?? 0,
        unowned[index] ?? 0,
        level[index] ?? 4,
      ])
      const lines = rows.map(([place = 0, some = 0, bare = 0, rank = 4]) => {
        const range = map.ranges.findLast(({ first }) => first <= place)
        return [place, range?.site ?? '', range?.block ?? '', some, bare, severities[rank] ?? 'none']
      })
      const head = ['cell', 'site', 'range', 'instances', 'unowned', 'highest risk']
      saveFile('address-map.csv', csvOf([head, ...lines]), 'text/csv')
    },
  }
  return (
    <ChartFrame
      title={t('risk:map.title')}
      sub={
        map.networksPerCell < 1 ? t('risk:map.subAddress') : t('risk:map.sub', { count: map.networksPerCell })
      }
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
