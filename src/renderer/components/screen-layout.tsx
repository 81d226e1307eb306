import type { ReactNode } from 'react'
import css from './screen-layout.module.css'

export interface ScreenLayoutProps {
  readonly header: ReactNode
  /** What is selected, beside the content. */
  readonly drawer?: ReactNode
  /** false: the content fills the screen and scrolls by itself, as a grid does. */
  readonly scrolls?: boolean
  readonly children: ReactNode
}

/** Every screen: head, content, and the selected thing at the right. */
export function ScreenLayout({ header, drawer = null, scrolls = true, children }: ScreenLayoutProps) {
  return (
    <div className={css['screen']}>
      <div className={css['main']}>
        {header}
        <div className={css['content']} data-scrolls={scrolls || undefined}>
          {children}
        </div>
      </div>
      {drawer}
    </div>
  )
}
