import { Autocomplete, Button, Popover, Select, Textarea } from '@mantine/core'
import { type Icon, IconNote, IconTag, IconTagOff, IconUserPlus } from '@tabler/icons-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './bulk-bar.module.css'
import type { Bulk } from './use-bulk.ts'
import { useKnownTags } from './use-known-tags.ts'

interface ActionProps {
  readonly icon: Icon
  readonly word: string
  readonly isRunning: boolean
  /** The deed, with the number it is done to. */
  readonly action: string
  readonly canDo: boolean
  readonly onDo: () => Promise<void>
  readonly children: ReactNode
}

/** A button that opens a small form with one button. */
function Action({ icon: Shape, word, isRunning, action, canDo, onDo, children }: ActionProps) {
  const [isOpen, setOpen] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!canDo) return
    await onDo()
    setOpen(false)
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={320} trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="default"
          disabled={isRunning}
          leftSection={<Shape size={14} aria-hidden />}
          onClick={() => setOpen(now => !now)}
        >
          {word}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form className={css['form']} onSubmit={event => void submit(event)}>
          {children}
          <Button type="submit" size="xs" loading={isRunning} disabled={!canDo}>
            {action}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

export function TagPopover({ bulk, isAdded }: { bulk: Bulk; isAdded: boolean }) {
  const { t } = useWords()
  const known = useKnownTags()
  const [tag, setTag] = useState('')
  const word = t(isAdded ? 'inventory.bulk.tag' : 'inventory.bulk.untag')
  return (
    <Action
      icon={isAdded ? IconTag : IconTagOff}
      word={word}
      action={word}
      isRunning={bulk.isRunning}
      canDo={tag.trim() !== ''}
      onDo={async () => {
        await bulk.tag(tag.trim(), isAdded)
        setTag('')
      }}
    >
      <Autocomplete
        data-autofocus
        label={t('query.field.tag')}
        data={known}
        value={tag}
        maxLength={60}
        onChange={setTag}
        comboboxProps={{ withinPortal: false }}
      />
    </Action>
  )
}

export function NotePopover({ bulk, count }: { bulk: Bulk; count: number }) {
  const { t } = useWords()
  const [text, setText] = useState('')
  return (
    <Action
      icon={IconNote}
      word={t('query.field.note')}
      action={t('inventory.bulk.note', { count })}
      isRunning={bulk.isRunning}
      canDo={text.trim() !== ''}
      onDo={async () => {
        await bulk.note(text.trim())
        setText('')
      }}
    >
      <Textarea
        data-autofocus
        label={t('query.field.note')}
        description={t('inventory.bulk.noteHint')}
        rows={3}
        maxLength={2000}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
      />
    </Action>
  )
}

export function AssignPopover({ bulk, count }: { bulk: Bulk; count: number }) {
  const { t } = useWords()
  const owners = useRead('owner.list', {}).data ?? []
  const [owner, setOwner] = useState<string | null>(null)
  return (
    <Action
      icon={IconUserPlus}
      word={t('inventory.bulk.assign')}
      action={t('inventory.bulk.assignTo', { count })}
      isRunning={bulk.isRunning}
      canDo={owner !== null}
      onDo={async () => {
        if (owner !== null) await bulk.assign(owner, '')
      }}
    >
      <Select
        data-autofocus
        label={t('query.field.owner')}
        description={owners.length === 0 ? t('inventory.bulk.noOwners') : undefined}
        data={owners.map(each => ({
          value: String(each.id),
          label: each.email === null ? each.name : `${each.name} · ${each.email}`,
        }))}
        searchable
        value={owner}
        onChange={setOwner}
        comboboxProps={{ withinPortal: false }}
      />
    </Action>
  )
}
