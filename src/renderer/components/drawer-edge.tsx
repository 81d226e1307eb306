import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './drawer.module.css'

const least = 360
const most = 1200
const step = 24

/** The edge by which a drawer is made wider or narrower. */
export function DrawerEdge({ width, onWidth }: { width: number; onWidth: (width: number) => void }) {
  const { t } = useWords()
  const [grip, setGrip] = useState<{ x: number; width: number } | null>(null)
  const take = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    setGrip({ x: event.clientX, width })
  }
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (grip !== null) onWidth(within(grip.width + grip.x - event.clientX))
  }
  const press = (event: KeyboardEvent) => {
    const change = { ArrowLeft: step, ArrowRight: -step }[event.key]
    if (change === undefined) return
    event.preventDefault()
    onWidth(within(width + change))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is no <hr>
    <div
      role="separator"
      tabIndex={0}
      aria-label={t('drawer.resize')}
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      className={css['edge']}
      data-held={grip !== null || undefined}
      onPointerDown={take}
      onPointerMove={drag}
      onPointerUp={() => setGrip(null)}
      onPointerCancel={() => setGrip(null)}
      onKeyDown={press}
    />
  )
}

function within(width: number): number {
  return Math.round(Math.min(most, Math.max(least, width)))
}
