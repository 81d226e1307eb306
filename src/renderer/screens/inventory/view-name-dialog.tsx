import { Button, Group, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Failure } from '#shared/result.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { useWords } from '../../i18n/use-words.ts'
import css from './inventory.module.css'

export interface ViewNameDialogProps {
  readonly isOpen: boolean
  /** Kept for the first time; else its name changes. */
  readonly isNew: boolean
  readonly name: string
  readonly taken: readonly string[]
  readonly onCancel: () => void
  /** null: done; otherwise why not. */
  readonly onName: (name: string) => Promise<Failure | null>
}

/** Asks for the name of a view. A name that is taken is said before, not after. */
export function ViewNameDialog({ isOpen, isNew, name, taken, onCancel, onName }: ViewNameDialogProps) {
  const { t } = useWords()
  const [text, setText] = useState(name)
  const [failure, setFailure] = useState<Failure | null>(null)
  const wanted = text.trim().toLowerCase()
  const isTaken = wanted !== name.toLowerCase() && taken.some(each => each.toLowerCase() === wanted)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (wanted !== '') setFailure(await onName(text.trim()))
  }
  return (
    <Modal
      opened={isOpen}
      onClose={onCancel}
      title={t(isNew ? 'inventory.saveViewTitle' : 'inventory.renameViewTitle')}
      size={440}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form onSubmit={event => void submit(event)}>
        <TextInput
          data-autofocus
          label={t('inventory.viewNameLabel')}
          description={isNew ? t('inventory.saveViewNote') : undefined}
          error={isTaken ? t(isNew ? 'inventory.viewReplaced' : 'inventory.viewTaken') : null}
          value={text}
          maxLength={80}
          onChange={event => setText(event.currentTarget.value)}
        />
        {failure === null ? null : <FailurePanel failure={failure} />}
        <Group justify="flex-end" gap={8} className={css['dialogFoot'] ?? ''}>
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={wanted === '' || (isTaken && !isNew)}>
            {t('save')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
