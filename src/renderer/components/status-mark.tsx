import type { Icon } from '@tabler/icons-react'
import type { Tone } from '../theme/tokens.ts'
import css from './status-mark.module.css'

export interface StatusMarkProps {
  readonly icon: Icon
  /** What the state means; it colours the icon, and the word only where `strong`. */
  readonly tone: Tone
  readonly word: string
  readonly strong?: boolean
}

/** A state as icon, word and colour: each of the three says it alone. */
export function StatusMark({ icon: Shape, tone, word, strong = false }: StatusMarkProps) {
  return (
    <span className={css['mark']} data-tone={tone} data-strong={strong || undefined}>
      <Shape size={14} stroke={2} aria-hidden className={css['icon']} />
      <span className={css['word']}>{word}</span>
    </span>
  )
}
