import { Button, Group, Modal, PasswordInput, Select, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { type Actor, type Role, roles } from '#shared/domain/actor.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone } from '../actions/say.ts'
import { FailurePanel } from '../components/failure-panel.tsx'
import { useParts } from '../data/parts.tsx'
import { useCommand } from '../data/reads.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './actor-dialogs.module.css'

interface DialogProps {
  readonly title: string
  readonly note: string
  readonly refusal: Failure | null
  readonly action: string
  readonly isReady: boolean
  readonly isRunning: boolean
  readonly onSubmit: () => Promise<unknown>
  readonly onClose: () => void
  readonly children: ReactNode
}

function Dialog({
  title,
  note,
  refusal,
  action,
  isReady,
  isRunning,
  onSubmit,
  onClose,
  children,
}: DialogProps) {
  const { t } = useWords()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void onSubmit()
  }
  return (
    <Modal opened onClose={onClose} title={title} size={460} closeButtonProps={{ 'aria-label': t('close') }}>
      <form className={css['form']} onSubmit={submit}>
        <p className={css['note']}>{note}</p>
        {refusal === null ? null : <FailurePanel failure={refusal} />}
        {children}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={!isReady} loading={isRunning}>
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

/** From now on in another name, for whoever knows the passphrase. */
export function ActAsDialog({ actor, onClose }: { actor: Actor; onClose: () => void }) {
  const { t } = useWords()
  const unlock = useUnlock()
  const [passphrase, setPassphrase] = useState('')
  return (
    <Dialog
      title={t('triage:actor.actAsTitle', { name: actor.name })}
      note={t('triage:actor.actAsNote')}
      refusal={unlock.refusal}
      action={t('triage:actor.act')}
      isReady={passphrase !== ''}
      isRunning={unlock.isRunning}
      onClose={onClose}
      onSubmit={async () => {
        if (await unlock.run(actor.name, passphrase)) onClose()
      }}
    >
      <PasswordInput
        data-autofocus
        label={t('triage:actor.passphrase')}
        value={passphrase}
        onChange={event => setPassphrase(event.currentTarget.value)}
      />
    </Dialog>
  )
}

/** Asks for a pass and acts with it. Deriving the key takes a third of a second. */
function useUnlock() {
  const { t } = useWords()
  const { client, acting } = useParts()
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const [isRunning, setRunning] = useState(false)
  return {
    refusal,
    isRunning,
    async run(actor: string, passphrase: string): Promise<boolean> {
      setRunning(true)
      const unlocked = await client.call('actor.unlock', { actor, passphrase })
      setRunning(false)
      setRefusal(unlocked.ok ? null : unlocked.failure)
      if (!unlocked.ok) return false
      acting.setState({ pass: unlocked.value.pass })
      sayDone(t('triage:actor.acting', { name: actor }))
      return true
    },
  }
}

/** A first passphrase, or another one. The key stays, and with it everything it signed. */
export function PassphraseDialog({ actor, onClose }: { actor: Actor; onClose: () => void }) {
  const { t } = useWords()
  const command = useCommand('actor.set-passphrase')
  const unlock = useUnlock()
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const [current, setCurrent] = useState('')
  const [first, setFirst] = useState('')
  const [again, setAgain] = useState('')
  const run = async () => {
    const done = await command.run({ actor: actor.name, passphrase: first, currentPassphrase: current })
    setRefusal(done.ok ? null : done.failure)
    // Whoever has a passphrase acts by it from now on: without it only the account would be known.
    if (done.ok && (await unlock.run(actor.name, first))) onClose()
  }
  return (
    <Dialog
      title={t(actor.hasPassphrase ? 'triage:actor.changePassphrase' : 'triage:actor.setPassphrase')}
      note={t('triage:actor.passphraseNote', { name: actor.name })}
      refusal={refusal ?? unlock.refusal}
      action={t('save')}
      isReady={first !== '' && first === again && (!actor.hasPassphrase || current !== '')}
      isRunning={command.isRunning || unlock.isRunning}
      onSubmit={run}
      onClose={onClose}
    >
      {actor.hasPassphrase ? (
        <PasswordInput
          data-autofocus
          label={t('triage:actor.currentPassphrase')}
          value={current}
          onChange={event => setCurrent(event.currentTarget.value)}
        />
      ) : null}
      <TwicePassphrase first={first} again={again} onFirst={setFirst} onAgain={setAgain} />
    </Dialog>
  )
}

interface TwiceProps {
  readonly first: string
  readonly again: string
  readonly onFirst: (text: string) => void
  readonly onAgain: (text: string) => void
}

function TwicePassphrase({ first, again, onFirst, onAgain }: TwiceProps) {
  const { t } = useWords()
  return (
    <>
      <PasswordInput
        label={t('triage:actor.newPassphrase')}
        description={t('triage:actor.passphraseHint')}
        value={first}
        onChange={event => onFirst(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('triage:actor.again')}
        value={again}
        error={again !== '' && again !== first ? t('triage:actor.differs') : null}
        onChange={event => onAgain(event.currentTarget.value)}
      />
    </>
  )
}

/** Another person, with a key of their own. */
export function AddActorDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const command = useCommand('actor.add')
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('analyst')
  const [first, setFirst] = useState('')
  const [again, setAgain] = useState('')
  const run = async () => {
    const added = await command.run({ name, role, passphrase: first })
    setRefusal(added.ok ? null : added.failure)
    if (!added.ok) return
    sayDone(
      t('governance:actor.added', { name: added.value.name, role: t(`governance:role.${added.value.role}`) }),
    )
    onClose()
  }
  return (
    <Dialog
      title={t('triage:actor.add')}
      note={t('triage:actor.addNote')}
      refusal={refusal}
      action={t('triage:actor.add')}
      isReady={name.trim() !== '' && first !== '' && first === again}
      isRunning={command.isRunning}
      onSubmit={run}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label={t('triage:owners.name')}
        value={name}
        maxLength={120}
        onChange={event => setName(event.currentTarget.value)}
      />
      <Select
        label={t('triage:actor.role')}
        description={t(`triage:roleMay.${role}`)}
        data={roles.map(each => ({ value: each, label: t(`governance:role.${each}`) }))}
        value={role}
        allowDeselect={false}
        onChange={value => setRole(roles.find(each => each === value) ?? 'analyst')}
      />
      <TwicePassphrase first={first} again={again} onFirst={setFirst} onAgain={setAgain} />
    </Dialog>
  )
}
