import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'

const closest = 32

interface View {
  scale: number
  x: number
  y: number
}

/** Zooming and moving as a transform of one layer: nothing is drawn anew, no part of the page is asked. */
export function useMapView(box: RefObject<HTMLElement | null>) {
  const layer = useRef<HTMLDivElement>(null)
  const view = useRef<View>({ scale: 1, x: 0, y: 0 })
  const drag = useRef<{ x: number; y: number; moved: boolean } | null>(null)
  const wasMoved = useRef(false)

  const show = (next: View) => {
    const size = box.current?.clientWidth ?? 0
    const scale = Math.min(closest, Math.max(1, next.scale))
    const within = (offset: number) => Math.min(0, Math.max(size - size * scale, offset))
    view.current = { scale, x: within(next.x), y: within(next.y) }
    const { x, y } = view.current
    if (layer.current !== null) layer.current.style.transform = `translate(${x}px, ${y}px) scale(${scale})`
  }
  /** What lies at a place of the box stays there. */
  const zoom = (by: number, at?: { x: number; y: number }) => {
    const size = box.current?.clientWidth ?? 0
    const { x, y } = at ?? { x: size / 2, y: size / 2 }
    const before = view.current
    const scale = Math.min(closest, Math.max(1, before.scale * by))
    const grown = scale / before.scale
    show({ scale, x: x - (x - before.x) * grown, y: y - (y - before.y) * grown })
  }
  const zoomNow = useRef(zoom)
  zoomNow.current = zoom
  useEffect(() => {
    const element = box.current
    if (element === null) return
    // React's own listener cannot keep the page from scrolling.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const area = element.getBoundingClientRect()
      const at = { x: event.clientX - area.left, y: event.clientY - area.top }
      zoomNow.current(event.deltaY < 0 ? 1.25 : 0.8, at)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [box])
  return {
    layer,
    zoom,
    reset: () => show({ scale: 1, x: 0, y: 0 }),
    /** Whether the last press moved the map, so that it was no click. */
    hasMoved: () => wasMoved.current,
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        drag.current = { x: event.clientX, y: event.clientY, moved: false }
        wasMoved.current = false
      },
      onPointerUp: () => {
        wasMoved.current = drag.current?.moved ?? false
        drag.current = null
      },
      onPointerLeave: () => {
        drag.current = null
      },
      onPointerMoveCapture: (event: PointerEvent) => {
        const from = drag.current
        if (from === null) return
        const [dx, dy] = [event.clientX - from.x, event.clientY - from.y]
        if (!from.moved && Math.hypot(dx, dy) < 4) return
        drag.current = { x: event.clientX, y: event.clientY, moved: true }
        const { scale, x, y } = view.current
        show({ scale, x: x + dx, y: y + dy })
      },
    },
  }
}
