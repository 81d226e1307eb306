import { Button, Group, Modal, PasswordInput, Select } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useStore } from 'zustand'
import type { Exception } from '#shared/domain/exception.ts'
import type { Failure, Result } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { FailurePanel } from '../../components/failure-panel.tsx'
import form from '../../components/form.module.css'
import { useParts } from '../../data/parts.tsx'
import { askAgain, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './findings.module.css'

export interface DecideExceptionProps {
  readonly exception: Exception
  readonly kind: 'approve' | 'reject'
  readonly onClose: () => void
}

/** Four eyes: somebody else decides, with their own passphrase, which unlocks their own key for this one decision. */
export function DecideException({ exception, kind, onClose }: DecideExceptionProps) {
  const { t } = useWords()
  const { client, acting } = useParts()
  const { pass } = useStore(acting)
  const now = useRead('actor.acting', { pass }).data
  const queries = useQueryClient()
  const actors = useRead('actor.list', {}).data ?? []
  const able = actors.filter(({ role, hasPassphrase }) => hasPassphrase && mayDecide.includes(role))
  const proven = able.find(({ id }) => now?.isProven === true && id === now.id)?.name ?? null
  const [chosen, setActor] = useState<string | null>(null)
  const actor = chosen ?? proven
  // Whoever acts in their own name has shown who they are.
  const isKnown = actor !== null && actor === proven
  const [passphrase, setPassphrase] = useState('')
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const [isRunning, setRunning] = useState(false)
  const isSame = actor !== null && actor === exception.requestedBy
  const decide = async (event: FormEvent) => {
    event.preventDefault()
    if (actor === null) return
    setRunning(true)
    const unlocked = isKnown ? null : await client.call('actor.unlock', { actor, passphrase })
    const decided = await decideAs(unlocked)
    setRunning(false)
    setPassphrase('')
    if (!decided.ok) return setRefusal(decided.failure)
    askAgain(queries)
    sayDone(t(`findings:decide.done.${kind}`))
    onClose()
  }
  const decideAs = async (unlocked: Result<{ pass: string }> | null) => {
    if (unlocked === null) return client.call(`exception.${kind}`, { id: exception.id })
    if (!unlocked.ok) return unlocked
    return client.callAs(unlocked.value.pass, `exception.${kind}`, { id: exception.id })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`findings:decide.title.${kind}`)}
      size={480}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form className={form['form']} onSubmit={event => void decide(event)}>
        <p className={css['note']}>
          {t(isKnown ? 'findings:decide.known' : 'findings:decide.note', { actor: exception.requestedBy })}
        </p>
        {able.length === 0 ? <p className={css['note']}>{t('findings:decide.nobody')}</p> : null}
        {refusal === null ? null : <FailurePanel failure={refusal} />}
        <Select
          label={t('findings:decide.actor')}
          data={able.map(({ name, role }) => ({
            value: name,
            label: `${name} (${t(`governance:role.${role}`)})`,
          }))}
          value={actor}
          onChange={setActor}
          error={isSame ? t('findings:decide.same', { actor }) : null}
          data-autofocus
        />
        {isKnown ? null : (
          <PasswordInput
            label={t('findings:decide.passphrase')}
            autoComplete="off"
            value={passphrase}
            onChange={event => setPassphrase(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            type="submit"
            loading={isRunning}
            disabled={actor === null || (!isKnown && passphrase === '')}
          >
            {t(`findings:exception.${kind}`)}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

/** Whoever else tries is refused by the backend. */
const mayDecide: readonly string[] = ['administrator', 'approver']
