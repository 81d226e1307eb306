import { Button, Group, Modal, Select, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { type Duty, duties, type Owner } from '#shared/domain/owner.ts'
import form from '../components/form.module.css'
import { useRead } from '../data/reads.ts'
import { useWords } from '../i18n/use-words.ts'

export interface Assignment {
  readonly owner: string
  readonly duty: Duty
  readonly note: string
  readonly dueOn: string | null
}

export interface AssignDialogProps {
  /** What is given to somebody: "10.0.0.1:11434", "40 instances". */
  readonly subject: string
  /** Proposed or named until now. */
  readonly ownerId: number | null
  /** It goes from one to another: what the new one should know matters. */
  readonly isHandover: boolean
  readonly duty?: Duty
  readonly isRunning: boolean
  readonly onAssign: (assignment: Assignment) => void
  readonly onClose: () => void
}

/** Who is to answer for it, until when it is to be taken on, and what they should know. */
export function AssignDialog(props: AssignDialogProps) {
  const { subject, isHandover, onClose } = props
  const { t } = useWords()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(isHandover ? 'triage:assign.handOver' : 'triage:assign.title', { subject })}
      size={520}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <AssignForm {...props} />
    </Modal>
  )
}

function AssignForm({
  ownerId,
  isHandover,
  duty = 'technical',
  isRunning,
  onAssign,
  onClose,
}: AssignDialogProps) {
  const { t } = useWords()
  const owners = useRead('owner.list', {})
  const [owner, setOwner] = useState<string | null>(isHandover || ownerId === null ? null : String(ownerId))
  const [note, setNote] = useState('')
  const [dueOn, setDueOn] = useState('')
  const [chosenDuty, setDuty] = useState<Duty>(duty)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (owner !== null) onAssign({ owner, duty: chosenDuty, note, dueOn: dueOn === '' ? null : dueOn })
  }
  const isEmpty = owners.data?.length === 0
  return (
    <form className={form['form']} onSubmit={submit}>
      <Select
        data-autofocus
        label={t('triage:assign.owner')}
        description={isEmpty ? t('triage:assign.noOwners') : undefined}
        placeholder={t('triage:assign.ownerHint')}
        searchable
        limit={50}
        data={(owners.data ?? []).map(each => ({ value: String(each.id), label: labelOf(each) }))}
        value={owner}
        onChange={setOwner}
        nothingFoundMessage={t('triage:assign.nobody')}
        selectFirstOptionOnChange
        comboboxProps={{ withinPortal: true }}
      />
      <Select
        label={t('triage:assign.duty')}
        data={duties.map(each => ({ value: each, label: t(`triage:duty.${each}`) }))}
        value={chosenDuty}
        allowDeselect={false}
        onChange={value => setDuty(duties.find(each => each === value) ?? 'technical')}
      />
      <TextInput
        type="date"
        label={t('triage:assign.due')}
        description={t('triage:assign.dueHint')}
        value={dueOn}
        onChange={event => setDueOn(event.currentTarget.value)}
      />
      <Textarea
        label={t(isHandover ? 'triage:assign.handOverNote' : 'triage:assign.note')}
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
      />
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button type="submit" disabled={owner === null} loading={isRunning}>
          {t(isHandover ? 'triage:assign.doHandOver' : 'triage:action.assign')}
        </Button>
      </Group>
    </form>
  )
}

function labelOf({ name, email, unit }: Owner): string {
  return [name, email, unit].filter(Boolean).join(' · ')
}
