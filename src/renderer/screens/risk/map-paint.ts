import { severities } from '#shared/domain/exposure.ts'
import type { AddressMap } from '#shared/domain/heatmap.ts'
import { ramp } from '../../components/heat-chart.tsx'
import { pointAt } from '../../components/hilbert.ts'
import { colours, type Scheme } from '../../theme/tokens.ts'

export const mapModes = ['risk', 'count', 'unowned', 'coverage'] as const
export type MapMode = (typeof mapModes)[number]

/** One dot a cell: enlarged by whoever shows it. */
export interface MapImage {
  readonly side: number
  /** `#rrggbb` of each cell, row by row; null: no authorised network is there. */
  readonly dots: readonly (string | null)[]
}

/** Whether a cell was looked at; where a cell is an address, whether its network was. */
export function coveredAt({ covered, networksPerCell }: AddressMap): (place: number) => boolean {
  const bytes = atob(covered)
  const share = Math.min(1, networksPerCell)
  return place => {
    const at = Math.floor(place * share)
    return (((bytes.charCodeAt(at >> 3) || 0) >> (at & 7)) & 1) === 1
  }
}

/** Draws the whole map once; zooming only enlarges it. */
export function paint(map: AddressMap, mode: MapMode, scheme: Scheme): MapImage {
  const dots: (string | null)[] = new Array(map.side * map.side).fill(null)
  const put = (place: number, colour: string) => {
    const { x, y } = pointAt(map.side, place)
    dots[y * map.side + x] = colour
  }
  const { ground, accent } = colours[scheme]
  const isCovered = coveredAt(map)
  const count = map.cellCount
  for (let place = 0; place < count; place++) {
    if (mode !== 'coverage') put(place, ground.sunken)
    else put(place, isCovered(place) ? accent.fill : colours[scheme].severity.medium.mark)
  }
  if (mode === 'coverage') return { side: map.side, dots }
  const most = map.cells.count.reduce((so, count) => Math.max(so, Math.log10(count + 1)), 0.3)
  for (const [index, at] of map.cells.at.entries()) put(at, colourOf(map, index, most, mode, scheme))
  return { side: map.side, dots }
}

function colourOf(map: AddressMap, index: number, most: number, mode: MapMode, scheme: Scheme): string {
  const { count, unowned, level } = map.cells
  if (mode === 'risk') return colours[scheme].severity[severities[level[index] ?? 4] ?? 'none'].mark
  const steps = ramp(scheme)
  const own = count[index] ?? 1
  const share = mode === 'unowned' ? (unowned[index] ?? 0) / own : Math.log10(own + 1) / most
  return steps[Math.min(steps.length - 1, Math.floor(share * steps.length))] ?? colours[scheme].ground.sunken
}

/** Puts the dots on a canvas of one pixel a cell. */
export function drawOn(canvas: HTMLCanvasElement, { side, dots }: MapImage): void {
  canvas.width = side
  canvas.height = side
  const context = canvas.getContext('2d')
  if (context === null) return
  const pixels = context.createImageData(side, side)
  for (const [index, dot] of dots.entries()) {
    if (dot === null) continue
    const value = Number.parseInt(dot.slice(1), 16)
    pixels.data.set([value >> 16, (value >> 8) & 255, value & 255, 255], index * 4)
  }
  context.putImageData(pixels, 0, 0)
}

const pictureSize = 1024

export function mapPng(image: MapImage): Promise<Blob> {
  const small = document.createElement('canvas')
  drawOn(small, image)
  const large = document.createElement('canvas')
  Object.assign(large, { width: pictureSize, height: pictureSize })
  const context = large.getContext('2d')
  if (context !== null) {
    context.imageSmoothingEnabled = false
    context.drawImage(small, 0, 0, pictureSize, pictureSize)
  }
  return new Promise((resolve, reject) =>
    large.toBlob(blob => (blob === null ? reject(new Error('no picture')) : resolve(blob)), 'image/png'),
  )
}

/** Neighbours of one colour in a row are one rectangle. */
export function mapSvg({ side, dots }: MapImage): string {
  const boxes: string[] = []
  for (let start = 0; start < dots.length; ) {
    const colour = dots[start] ?? null
    const rowEnd = (Math.floor(start / side) + 1) * side
    let end = start + 1
    while (end < rowEnd && dots[end] === colour) end++
    if (colour !== null) {
      const at = `x="${start % side}" y="${Math.floor(start / side)}"`
      boxes.push(`<rect ${at} width="${end - start}" height="1" fill="${colour}"/>`)
    }
    start = end
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${pictureSize}" height="${pictureSize}" shape-rendering="crispEdges">${boxes.join('')}</svg>\n`
}
