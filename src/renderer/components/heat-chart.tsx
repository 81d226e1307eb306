import { useComputedColorScheme } from '@mantine/core'
import { HeatmapChart } from 'echarts/charts'
import { GridComponent, TooltipComponent, VisualMapContinuousComponent } from 'echarts/components'
import { type EChartsCoreOption, type EChartsType, init, use } from 'echarts/core'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'
import { useEffect, useMemo, useRef } from 'react'
import { colours, ramps, type Scheme, type } from '../theme/tokens.ts'
import css from './heat-chart.module.css'

use([
  HeatmapChart,
  GridComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
  CanvasRenderer,
  SVGRenderer,
])

export interface HeatCell {
  /** Places in `rows` and `columns`. */
  readonly row: number
  readonly column: number
  readonly value: number
  /** What is said on hover. */
  readonly words: string
  /** The value as people write it. */
  readonly number: string
}

export interface HeatData {
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  readonly cells: readonly HeatCell[]
  /** Numbers are written into the cells. */
  readonly showsNumbers: boolean
}

export interface HeatChartProps {
  readonly data: HeatData
  readonly label: string
  readonly height: number
  readonly onCell: (cell: HeatCell) => void
}

/** How many, as a colour: one hue, the stronger the more, so that it needs no particular eyes. */
export function HeatChart({ data, label, height, onCell }: HeatChartProps) {
  const scheme = useComputedColorScheme('light')
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const chosen = useRef(onCell)
  chosen.current = onCell
  const option = useMemo(() => optionOf(data, scheme), [data, scheme])
  const latest = useRef(data)
  latest.current = data
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const drawn = init(element, null, { renderer: 'canvas' })
    chart.current = drawn
    drawn.on('click', ({ dataIndex }) => {
      const cell = latest.current.cells[dataIndex]
      if (cell !== undefined) chosen.current(cell)
    })
    const watching = new ResizeObserver(() => drawn.resize())
    watching.observe(element)
    return () => {
      watching.disconnect()
      drawn.dispose()
      chart.current = null
    }
  }, [])
  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true })
  }, [option])
  return <div ref={box} className={css['chart']} style={{ height }} role="img" aria-label={label} />
}

/** The same as a picture in lines. */
export function heatSvg(data: HeatData, scheme: Scheme, width: number, height: number): string {
  const drawn = init(null, null, { renderer: 'svg', ssr: true, width, height })
  drawn.setOption(optionOf(data, scheme))
  const svg = drawn.renderToSVGString()
  drawn.dispose()
  return svg
}

/** The same in dots, as a data address. */
export function heatPng(data: HeatData, scheme: Scheme, width: number, height: number): string {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const drawn = init(canvas, null, { renderer: 'canvas', width, height, devicePixelRatio: 2 })
  drawn.setOption(optionOf(data, scheme))
  const url = drawn.getDataURL({ type: 'png', backgroundColor: colours[scheme].ground.surface })
  drawn.dispose()
  return url
}

/** From little to much. The last step stands out most from the ground, in both themes. */
export function ramp(scheme: Scheme): readonly string[] {
  return ramps[scheme]
}

/** Counts differ by powers of ten: the step of the ramp is that of their logarithm. */
export function stepOf(value: number, most: number): number {
  const share = Math.log10(value + 1) / Math.log10(Math.max(1, most) + 1)
  return Math.min(steps - 1, Math.floor(share * steps))
}

const steps = 5
/** From this step on words take the colour of the ground. */
export const strongStep = 3

function optionOf({ rows, columns, cells, showsNumbers }: HeatData, scheme: Scheme): EChartsCoreOption {
  const { ground, line, text } = colours[scheme]
  const most = cells.reduce((so, { value }) => Math.max(so, value), 1)
  const words = { color: text.muted, fontFamily: type.ui, fontSize: 12 }
  const axis = {
    axisLine: { show: false },
    axisTick: { show: false },
    splitArea: { show: true, areaStyle: { color: [ground.sunken, ground.sunken] } },
    splitLine: { show: true, lineStyle: { color: ground.surface, width: 2 } },
  }
  return {
    animation: false,
    aria: { enabled: false },
    grid: { left: 8, right: 8, top: 28, bottom: 8, containLabel: true },
    tooltip: {
      renderMode: 'richText',
      backgroundColor: ground.raised,
      borderColor: line.strong,
      textStyle: { ...words, color: text.main },
      formatter: ({ dataIndex }: { dataIndex: number }) => cells[dataIndex]?.words ?? '',
    },
    xAxis: {
      type: 'category',
      position: 'top',
      data: [...columns],
      ...axis,
      axisLabel: {
        ...words,
        interval: showsNumbers ? 0 : 'auto',
        width: showsNumbers ? 140 : 90,
        overflow: 'truncate',
      },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...rows],
      ...axis,
      axisLabel: { ...words, color: text.main, interval: 0, width: 180, overflow: 'truncate' },
    },
    visualMap: {
      type: 'continuous',
      show: false,
      dimension: 3,
      min: 0,
      max: steps - 1,
      inRange: { color: [...ramp(scheme)] },
    },
    series: [
      {
        type: 'heatmap',
        data: cells.map(({ row, column, value }) => {
          const step = stepOf(value, most)
          const color = step >= strongStep ? ground.surface : text.main
          return { value: [column, row, value, step], label: { color } }
        }),
        label: {
          show: showsNumbers,
          fontFamily: type.ui,
          fontSize: 12,
          formatter: ({ dataIndex }: { dataIndex: number }) => cells[dataIndex]?.number ?? '',
        },
        itemStyle: { borderColor: ground.surface, borderWidth: 2, borderRadius: 3 },
        emphasis: { itemStyle: { borderColor: text.main, borderWidth: 2 } },
      },
    ],
  }
}
