import type { ReactNode } from 'react'
import css from './page-header.module.css'

export interface PageHeaderProps {
  readonly title: string
  /** How many of what the page lists: "60 instances". */
  readonly count?: string | null
  /** At most one primary action, and before it whatever is less wanted. */
  readonly children?: ReactNode
}

/** The head of every screen: what it is, how much of it there is, what to do with it. */
export function PageHeader({ title, count = null, children }: PageHeaderProps) {
  return (
    <header className={css['header']}>
      <h1 className={css['title']}>{title}</h1>
      <p className={css['count']} aria-live="polite">
        {count}
      </p>
      <div className={css['actions']}>{children}</div>
    </header>
  )
}
