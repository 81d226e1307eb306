import { Button, Group, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './confirm.module.css'

export interface ConfirmProps {
  readonly isOpen: boolean
  readonly title: string
  /** What will happen, and what stays as it is. */
  readonly children: ReactNode
  /** The deed as a verb: "Remove range". */
  readonly action: string
  /** Takes something away. */
  readonly isDestructive?: boolean
  readonly isRunning?: boolean
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

/** Asks before what cannot be taken back, naming the consequence. */
export function Confirm(props: ConfirmProps) {
  const { t } = useWords()
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onCancel}
      title={props.title}
      size={480}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={css['body']}>{props.children}</div>
      <Group justify="flex-end" gap={8} className={css['actions'] ?? ''}>
        <Button variant="default" onClick={props.onCancel}>
          {t('cancel')}
        </Button>
        <Button
          data-autofocus
          loading={props.isRunning ?? false}
          data-danger={props.isDestructive || undefined}
          onClick={props.onConfirm}
        >
          {props.action}
        </Button>
      </Group>
    </Modal>
  )
}
