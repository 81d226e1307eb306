import css from './stacked-bar.module.css'

export interface BarPart {
  readonly id: string
  readonly label: string
  readonly count: number
  /** A colour of the design language, as `var(--p-…)`. */
  readonly colour: string
}

/** Parts of a whole, each as long as its share. The numbers stand in the table beside it. */
export function StackedBar({ parts, label }: { parts: readonly BarPart[]; label: string }) {
  return (
    <div className={css['bar']} role="img" aria-label={label}>
      {parts.map(part =>
        part.count === 0 ? null : (
          <span
            key={part.id}
            className={css['part']}
            style={{ flexGrow: part.count, background: part.colour }}
          />
        ),
      )}
    </div>
  )
}

/** The square that connects a row of numbers with its part of the bar. */
export function BarKey({ colour }: { colour: string }) {
  return <span className={css['key']} style={{ background: colour }} aria-hidden />
}
