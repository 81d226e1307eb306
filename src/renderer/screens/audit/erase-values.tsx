import { Button, Group, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Failure } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import { useCommand } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './audit.module.css'

/** Takes the personal data out of one entry, for a reason that is recorded; its hash stays. */
export function EraseValues({ entry }: { entry: number }) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <div>
      <Button variant="default" size="xs" onClick={() => setOpen(true)}>
        {t('audit:erase.open')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('audit:erase.title', { id: entry })}
        size={480}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Form entry={entry} onClose={() => setOpen(false)} />
      </Modal>
    </div>
  )
}

function Form({ entry, onClose }: { entry: number; onClose: () => void }) {
  const { t } = useWords()
  const command = useCommand('audit.erase')
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const erase = async (event: FormEvent) => {
    event.preventDefault()
    const erased = await command.run({ entry, reason })
    if (!erased.ok) return setRefusal(erased.failure)
    sayDone(t('audit:erase.done', { id: entry }))
    onClose()
  }
  return (
    <form className={css['erase']} onSubmit={event => void erase(event)}>
      <p>{t('audit:erase.text')}</p>
      {refusal === null ? null : <FailurePanel failure={refusal} />}
      <TextInput
        data-autofocus
        required
        label={t('audit:erase.reason')}
        maxLength={500}
        value={reason}
        onChange={event => setReason(event.currentTarget.value)}
      />
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button type="submit" data-danger disabled={reason.trim() === ''} loading={command.isRunning}>
          {t('audit:erase.action')}
        </Button>
      </Group>
    </form>
  )
}
