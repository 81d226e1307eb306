import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './state-panel.module.css'

export interface EmptyPanelProps {
  readonly icon: Icon
  readonly title: string
  /** What to do next. */
  readonly text: string
  /** The buttons that do it. */
  readonly children?: ReactNode
}

/** Nothing is there: says why, and what to do next. */
export function EmptyPanel({ icon: Shape, title, text, children }: EmptyPanelProps) {
  return (
    <section className={css['panel']}>
      <span className={css['badge']}>
        <Shape size={22} stroke={1.6} aria-hidden />
      </span>
      <h2 className={css['title']}>{title}</h2>
      <p className={css['text']}>{text}</p>
      <div className={css['actions']}>{children}</div>
    </section>
  )
}

/** Something is on its way. Shown only where it takes longer than a blink. */
export function LoadingPanel({ lines = 6 }: { lines?: number }) {
  const { t } = useWords()
  const widths = ['62%', '48%', '55%', '40%', '58%', '45%']
  return (
    <div className={css['loading']} role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <span key={index} className={css['line']} style={{ width: widths[index % widths.length] }} />
      ))}
    </div>
  )
}
