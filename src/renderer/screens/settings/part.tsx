import type { ReactNode } from 'react'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { LoadingPanel } from '../../components/state-panel.tsx'
import type { Read } from '../../data/reads.ts'
import css from './settings.module.css'

export interface PartProps {
  readonly title: string
  readonly note: ReactNode
  readonly children: ReactNode
  /** Takes the whole width, below its title. */
  readonly isWide?: boolean
}

/** One subject of the settings: what it is at the left, what it is set to at the right. */
export function Part({ title, note, children, isWide = false }: PartProps) {
  return (
    <section className={css['part']} data-wide={isWide || undefined} aria-label={title}>
      <div>
        <h2 className={css['title']}>{title}</h2>
        <p className={css['note']}>{note}</p>
      </div>
      <div className={css['content']}>{children}</div>
    </section>
  )
}

/** What a part shows of something that is asked for. */
export function Asked<T>({ read, children }: { read: Read<T>; children: (data: T) => ReactNode }) {
  if (read.failure !== null || read.error !== null)
    return <FailurePanel failure={read.failure} error={read.error} onRetry={read.retry} />
  return read.data === undefined ? <LoadingPanel lines={2} /> : children(read.data)
}
