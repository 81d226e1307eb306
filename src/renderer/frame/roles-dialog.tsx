import { Modal, Select } from '@mantine/core'
import { useState } from 'react'
import { type Actor, type Role, roles } from '#shared/domain/actor.ts'
import type { Failure } from '#shared/result.ts'
import { sayDone } from '../actions/say.ts'
import { FailurePanel } from '../components/failure-panel.tsx'
import { LoadingPanel } from '../components/state-panel.tsx'
import { useCommand, useRead } from '../data/reads.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './actor-dialogs.module.css'

/** Who there is, and what each may do. Only an administrator changes it, and one always stays. */
export function RolesDialog({ isAdministrator, onClose }: { isAdministrator: boolean; onClose: () => void }) {
  const { t } = useWords()
  const actors = useRead('actor.list', {})
  const command = useCommand('actor.set-role')
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const change = async ({ name }: Actor, role: Role) => {
    const done = await command.run({ actor: name, role })
    setRefusal(done.ok ? null : done.failure)
    if (done.ok) sayDone(t('governance:actor.roleSet', { name, role: t(`governance:role.${role}`) }))
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('triage:actor.people')}
      size={620}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={css['form']}>
        <p className={css['note']}>
          {t(isAdministrator ? 'triage:actor.rolesNote' : 'triage:actor.rolesOthers')}
        </p>
        {refusal === null ? null : <FailurePanel failure={refusal} />}
        {actors.failure === null ? null : <FailurePanel failure={actors.failure} onRetry={actors.retry} />}
        {actors.data === undefined ? <LoadingPanel /> : null}
        <ul className={css['people']}>
          {actors.data?.map(actor => (
            <li key={actor.id}>
              <div>
                <strong>{actor.name}</strong>
                <p className={css['note']}>
                  {t(`triage:roleMay.${actor.role}`)}{' '}
                  {actor.hasPassphrase ? null : t('triage:actor.noPassphrase')}
                </p>
              </div>
              <Select
                aria-label={t('triage:actor.roleOf', { name: actor.name })}
                data={roles.map(each => ({ value: each, label: t(`governance:role.${each}`) }))}
                value={actor.role}
                disabled={!isAdministrator || command.isRunning}
                onChange={value => {
                  const role = roles.find(each => each === value)
                  if (role !== undefined && role !== actor.role) void change(actor, role)
                }}
              />
            </li>
          ))}
        </ul>
      </div>
    </Modal>
  )
}
