import css from './progress-bar.module.css'

export interface ProgressBarProps {
  /** 0 to 1. */
  readonly share: number
  readonly label: string
  /** The share in words, for who cannot see the bar. */
  readonly value: string
  readonly isHeld?: boolean
}

/** How much of something is done. */
export function ProgressBar({ share, label, value, isHeld = false }: ProgressBarProps) {
  return (
    <div
      className={css['track']}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(share * 100)}
      aria-valuetext={value}
      data-held={isHeld || undefined}
    >
      <div className={css['done']} style={{ transform: `scaleX(${share})` }} />
    </div>
  )
}
