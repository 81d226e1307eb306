import { ActionIcon } from '@mantine/core'
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { severities } from '#shared/domain/exposure.ts'
import type { AddressMap } from '#shared/domain/heatmap.ts'
import { placeAt, pointAt } from '../../components/hilbert.ts'
import { BarKey } from '../../components/stacked-bar.tsx'
import { useDebounced } from '../../components/use-debounced.ts'
import { useParts } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { inventory } from '../../state/route.ts'
import { coveredAt, drawOn, type MapImage, type MapMode } from './map-paint.ts'
import css from './risk.module.css'
import { useMapView } from './use-map-view.ts'

export interface MapCanvasProps {
  readonly map: AddressMap
  readonly image: MapImage
  readonly mode: MapMode
}

/** One picture of all cells. Zooming and moving only transform it. */
export function MapCanvas({ map, image, mode }: MapCanvasProps) {
  const { t } = useWords()
  const { client, navigation } = useParts()
  const canvas = useRef<HTMLCanvasElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const view = useMapView(box)
  const [chosen, setChosen] = useState<number | null>(null)
  const filled = useMemo(() => new Map(map.cells.at.map((at, index) => [at, index])), [map])
  useEffect(() => {
    if (canvas.current !== null) drawOn(canvas.current, image)
  }, [image])
  const count = map.cellCount
  const open = async (place: number) => {
    if (!filled.has(place)) return
    const cell = await client.call('risk.map-cell', { at: place })
    if (cell.ok) navigation.go({ ...inventory, text: cell.value.query })
  }
  const placeUnder = (event: { clientX: number; clientY: number }) => {
    const area = canvas.current?.getBoundingClientRect()
    if (area === undefined) return null
    const x = Math.floor(((event.clientX - area.left) / area.width) * map.side)
    const y = Math.floor(((event.clientY - area.top) / area.height) * map.side)
    if (x < 0 || y < 0 || x >= map.side || y >= map.side) return null
    const place = placeAt(map.side, x, y)
    return place < count ? place : null
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (event.key === '+') view.zoom(2)
    else if (event.key === '-') view.zoom(0.5)
    else if (event.key === '0') view.reset()
    else if (event.key === 'Enter' && chosen !== null) void open(chosen)
    else if (step !== undefined) setChosen(moved(map.side, count, chosen ?? 0, step))
    else return
    event.preventDefault()
  }
  const point = chosen === null ? null : pointAt(map.side, chosen)
  return (
    <div className={css['map']}>
      <div
        ref={box}
        className={css['window']}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is worked with by keys
        tabIndex={0}
        role="application"
        aria-label={t('risk:map.label', { count: map.networks })}
        aria-describedby="map-place"
        onKeyDown={onKeyDown}
        onPointerMove={event => setChosen(placeUnder(event))}
        onClick={event => {
          const place = placeUnder(event)
          if (place !== null && !view.hasMoved()) void open(place)
        }}
        {...view.handlers}
      >
        <div className={css['layer']} ref={view.layer}>
          <canvas ref={canvas} className={css['canvas']} />
          {point === null ? null : (
            <span
              className={css['marker']}
              style={{
                left: `${(100 * point.x) / map.side}%`,
                top: `${(100 * point.y) / map.side}%`,
                width: `${100 / map.side}%`,
                height: `${100 / map.side}%`,
              }}
            />
          )}
        </div>
      </div>
      <div className={css['aside']}>
        <div className={css['zoom']}>
          <ActionIcon variant="default" aria-label={t('risk:map.zoomIn')} onClick={() => view.zoom(2)}>
            <IconPlus size={15} />
          </ActionIcon>
          <ActionIcon variant="default" aria-label={t('risk:map.zoomOut')} onClick={() => view.zoom(0.5)}>
            <IconMinus size={15} />
          </ActionIcon>
          <ActionIcon variant="default" aria-label={t('risk:map.whole')} onClick={view.reset}>
            <IconMaximize size={15} />
          </ActionIcon>
        </div>
        <Legend mode={mode} />
        <Place map={map} place={chosen} index={chosen === null ? undefined : filled.get(chosen)} />
      </div>
    </div>
  )
}

function moved(side: number, count: number, from: number, [dx = 0, dy = 0]: readonly number[]): number {
  const { x, y } = pointAt(side, from)
  const to = placeAt(side, Math.min(side - 1, Math.max(0, x + dx)), Math.min(side - 1, Math.max(0, y + dy)))
  return to < count ? to : from
}

interface PlaceProps {
  readonly map: AddressMap
  readonly place: number | null
  /** Its place among the cells with instances. */
  readonly index: number | undefined
}

/** What lies under the pointer or the keys. */
function Place({ map, place, index }: PlaceProps) {
  const { t } = useWords()
  const settled = useDebounced(place, 80)
  const { data } = useRead(
    'risk.map-cell',
    { at: settled ?? 0 },
    { enabled: settled !== null, keepPrevious: true },
  )
  const range = map.ranges.findLast(({ first }) => place !== null && first <= place)
  if (place === null || range === undefined)
    return (
      <div id="map-place" className={css['place']}>
        <p>{t('risk:chart.hint')}</p>
      </div>
    )
  const { count, unowned, level } = map.cells
  const words =
    index === undefined
      ? t('risk:map.none')
      : t('risk:map.cell', {
          count: count[index] ?? 0,
          unowned: unowned[index] ?? 0,
          level: t(`terms:severity.${severities[level[index] ?? 4] ?? 'none'}`),
        })
  return (
    <div id="map-place" className={css['place']} aria-live="polite">
      <p className={css['placeName']}>{data?.at === place ? data.block : range.block}</p>
      <p>{range.site}</p>
      <p>{words}</p>
      <p>{coveredAt(map)(place) ? t('risk:map.covered') : t('risk:map.notCovered')}</p>
    </div>
  )
}

function Legend({ mode }: { mode: MapMode }) {
  const { t } = useWords()
  if (mode === 'risk') {
    return (
      <ul className={css['legend']}>
        {severities.map(level => (
          <li key={level}>
            <BarKey colour={`var(--p-severity-${level}-mark)`} />
            {t(`terms:severity.${level}`)}
          </li>
        ))}
        <li>
          <BarKey colour="var(--p-sunken)" />
          {t('risk:map.none')}
        </li>
      </ul>
    )
  }
  if (mode === 'coverage') {
    return (
      <ul className={css['legend']}>
        <li>
          <BarKey colour="var(--p-accent-fill)" />
          {t('risk:map.covered')}
        </li>
        <li>
          <BarKey colour="var(--p-severity-medium-mark)" />
          {t('risk:map.notCovered')}
        </li>
      </ul>
    )
  }
  const ends = mode === 'count' ? [t('risk:chart.few'), t('risk:chart.many')] : ['0 %', '100 %']
  return (
    <p className={css['rampLegend']}>
      <span>{ends[0]}</span>
      <span className={css['ramp']} aria-hidden />
      <span>{ends[1]}</span>
    </p>
  )
}
