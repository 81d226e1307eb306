import { ActionIcon } from '@mantine/core'
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { severities } from '#shared/domain/exposure.ts'
import type { AddressMap } from '#shared/domain/heatmap.ts'
import { placeAt, pointAt } from '../../components/hilbert.ts'
import { BarKey } from '../../components/stacked-bar.tsx'
import { useParts } from '../../data/parts.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { inventory } from '../../state/route.ts'
import { cellCountOf, coveredAt, drawOn, type MapImage, type MapMode } from './map-paint.ts'
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
  const { navigation } = useParts()
  const canvas = useRef<HTMLCanvasElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const view = useMapView(box)
  const [chosen, setChosen] = useState<number | null>(null)
  const cells = useMemo(() => new Map(map.cells.map(cell => [cell.at, cell])), [map])
  useEffect(() => {
    if (canvas.current !== null) drawOn(canvas.current, image)
  }, [image])
  const count = cellCountOf(map)
  const open = (place: number) => {
    const query = cells.get(place)?.query
    if (query !== undefined) navigation.go({ ...inventory, text: query })
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
    else if (event.key === 'Enter' && chosen !== null) open(chosen)
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
        aria-label={t('risk:map.label', { networks: map.networks })}
        aria-describedby="map-place"
        onKeyDown={onKeyDown}
        onPointerMove={event => setChosen(placeUnder(event))}
        onClick={event => {
          const place = placeUnder(event)
          if (place !== null && !view.hasMoved()) open(place)
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
        <Place map={map} place={chosen} />
      </div>
    </div>
  )
}

function moved(side: number, count: number, from: number, [dx = 0, dy = 0]: readonly number[]): number {
  const { x, y } = pointAt(side, from)
  const to = placeAt(side, Math.min(side - 1, Math.max(0, x + dx)), Math.min(side - 1, Math.max(0, y + dy)))
  return to < count ? to : from
}

/** What lies under the pointer or the keys. */
function Place({ map, place }: { map: AddressMap; place: number | null }) {
  const { t } = useWords()
  const cell = map.cells.find(({ at }) => at === place)
  const range = map.ranges.findLast(({ first }) => place !== null && first <= place)
  const isCovered = place !== null && coveredAt(map.covered)(place)
  return (
    <div id="map-place" className={css['place']} aria-live="polite">
      {place === null || range === undefined ? (
        <p>{t('risk:chart.hint')}</p>
      ) : (
        <>
          <p className={css['placeName']}>{cell?.block ?? range.block}</p>
          <p>{range.site}</p>
          <p>
            {cell === undefined
              ? t('risk:map.none')
              : t('risk:map.cell', {
                  count: cell.count,
                  unowned: cell.unowned,
                  level: t(`terms:severity.${cell.level}`),
                })}
          </p>
          <p>{isCovered ? t('risk:map.covered') : t('risk:map.notCovered')}</p>
        </>
      )}
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
