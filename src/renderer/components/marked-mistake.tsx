import css from './marked-mistake.module.css'

export interface MarkedMistakeProps {
  readonly text: string
  /** Characters of the text; null: it concerns all of it. */
  readonly start: number | null
  readonly end: number | null
  readonly error: string
  readonly next?: string
  /** Stands above what is below it, as under an input. */
  readonly floats?: boolean
}

/** A text with the place marked where it is wrong, and what is wrong. */
export function MarkedMistake({ text, start, end, error, next, floats = false }: MarkedMistakeProps) {
  const from = start ?? 0
  const to = end ?? (start === null ? text.length : start + 1)
  return (
    <div className={css['mistake']} data-floats={floats || undefined} role={floats ? undefined : 'alert'}>
      <p className={css['quoted']}>
        {text.slice(0, from)}
        <mark className={css['mark']}>{text.slice(from, to) || '\u00a0'}</mark>
        {text.slice(to)}
      </p>
      <p>
        {error} {next === undefined ? null : <span className={css['next']}>{next}</span>}
      </p>
    </div>
  )
}
