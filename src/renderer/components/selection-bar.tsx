import { Button, CloseButton, Tooltip } from '@mantine/core'
import { IconSelectAll } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Mono } from './mono.tsx'
import css from './selection-bar.module.css'

export interface SelectionBarProps {
  /** How many rows are chosen, in words. */
  readonly count: string
  /** The query they are chosen by, or what is said of none; null: they were chosen one by one. */
  readonly by: { readonly query: string; readonly none: string } | null
  /** How everything the query finds is chosen; null: it is, or cannot be. */
  readonly chooseAll: { readonly label: string; readonly onClick: () => void } | null
  readonly clear: { readonly label: string; readonly onClick: () => void }
  /** What can be done with them. */
  readonly children: ReactNode
}

/** What can be done with the chosen rows of a list: never a number without its query. */
export function SelectionBar({ count, by, chooseAll, clear, children }: SelectionBarProps) {
  return (
    <div className={css['bar']}>
      {by === null ? (
        <strong>{count}</strong>
      ) : (
        <span className={css['many']}>
          <strong>{count}</strong> {by.query.trim() === '' ? by.none : <Mono>{by.query}</Mono>}
        </span>
      )}
      {chooseAll === null ? null : (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconSelectAll size={14} aria-hidden />}
          onClick={chooseAll.onClick}
        >
          {chooseAll.label}
        </Button>
      )}
      <div className={css['actions']}>{children}</div>
      <Tooltip label={`${clear.label} (Esc)`}>
        <CloseButton
          size="sm"
          className={css['close'] ?? ''}
          aria-label={clear.label}
          onClick={clear.onClick}
        />
      </Tooltip>
    </div>
  )
}
