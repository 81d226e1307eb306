import type { ReactNode } from 'react'
import type { Failure } from '#shared/result.ts'
import { FailurePanel } from './failure-panel.tsx'
import css from './list-area.module.css'

export interface ListTroubleProps {
  readonly failure: Failure | null
  readonly error: string | null
  readonly onRetry: () => void
}

/** Why the last question about a list has no answer; nothing where it has one. */
export function ListTrouble({ failure, error, onRetry }: ListTroubleProps) {
  if (failure === null && error === null) return null
  return (
    <div className={css['trouble']}>
      <FailurePanel failure={failure} error={error} onRetry={onRetry} />
    </div>
  )
}

export interface ListAreaProps extends ListTroubleProps {
  /** What is said where there are no rows; null: there are some, or nobody knows yet. */
  readonly empty: ReactNode
  readonly children: ReactNode
}

/** A grid that fills what the toolbar leaves, with its trouble above it. Its head stays over what is said of an empty one. */
export function ListArea({ empty, children, ...trouble }: ListAreaProps) {
  return (
    <>
      <ListTrouble {...trouble} />
      <div className={css['list']}>
        {children}
        {empty === null ? null : <div className={css['empty']}>{empty}</div>}
      </div>
    </>
  )
}
