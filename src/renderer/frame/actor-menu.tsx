import { Menu } from '@mantine/core'
import {
  IconKey,
  IconShieldLock,
  IconUser,
  IconUserPlus,
  IconUserShare,
  IconUsers,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import type { Actor } from '#shared/domain/actor.ts'
import { useParts } from '../data/parts.tsx'
import { useRead } from '../data/reads.ts'
import { useWords } from '../i18n/use-words.ts'
import { ActAsDialog, AddActorDialog, PassphraseDialog } from './actor-dialogs.tsx'
import { RolesDialog } from './roles-dialog.tsx'
import css from './top-bar.module.css'

type Asked =
  | { readonly kind: 'add' | 'roles' }
  | { readonly kind: 'act' | 'passphrase'; readonly actor: Actor }

/** Who acts now, and how somebody else does. */
export function ActorMenu() {
  const { t } = useWords()
  const { acting } = useParts()
  const { pass } = useStore(acting)
  const now = useRead('actor.acting', { pass }, { keepPrevious: true }).data
  const actors = useRead('actor.list', {}).data ?? []
  const [asked, setAsked] = useState<Asked | null>(null)
  const own = actors.find(({ id }) => id === now?.id)
  const others = actors.filter(({ id, hasPassphrase }) => id !== now?.id && hasPassphrase)
  const close = () => setAsked(null)
  if (now === undefined) return null
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={300}>
        <Menu.Target>
          <button
            type="button"
            className={css['actor']}
            aria-label={t('triage:actor.open', { name: now.name, role: t(`governance:role.${now.role}`) })}
          >
            {now.isProven ? <IconShieldLock size={15} aria-hidden /> : <IconUser size={15} aria-hidden />}
            <span className={css['actorName']}>{now.name}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={css['who']}>
            <strong>
              {t('triage:actor.now', { name: now.name, role: t(`governance:role.${now.role}`) })}
            </strong>
            <span>
              {t(
                now.isProven
                  ? 'triage:actor.proven'
                  : now.canSign
                    ? 'triage:actor.unproven'
                    : 'triage:actor.accountOnly',
              )}
            </span>
            <span>{t('triage:actor.account', { account: now.account })}</span>
          </div>
          <Menu.Divider />
          {own === undefined ? null : (
            <Menu.Item
              leftSection={<IconKey size={14} aria-hidden />}
              onClick={() => setAsked({ kind: 'passphrase', actor: own })}
            >
              {t(own.hasPassphrase ? 'triage:actor.changePassphrase' : 'triage:actor.setPassphrase')}
            </Menu.Item>
          )}
          {pass === null ? null : (
            <Menu.Item
              leftSection={<IconUser size={14} aria-hidden />}
              onClick={() => acting.setState({ pass: null })}
            >
              {t('triage:actor.leave')}
            </Menu.Item>
          )}
          {others.length === 0 ? null : <Menu.Divider />}
          {others.map(actor => (
            <Menu.Item
              key={actor.id}
              leftSection={<IconUserShare size={14} aria-hidden />}
              onClick={() => setAsked({ kind: 'act', actor })}
            >
              {t('triage:actor.actAs', { name: actor.name, role: t(`governance:role.${actor.role}`) })}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconUsers size={14} aria-hidden />}
            onClick={() => setAsked({ kind: 'roles' })}
          >
            {t('triage:actor.people')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconUserPlus size={14} aria-hidden />}
            disabled={now.role !== 'administrator'}
            onClick={() => setAsked({ kind: 'add' })}
          >
            {t('triage:actor.add')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked?.kind === 'act' ? <ActAsDialog actor={asked.actor} onClose={close} /> : null}
      {asked?.kind === 'passphrase' ? <PassphraseDialog actor={asked.actor} onClose={close} /> : null}
      {asked?.kind === 'roles' ? (
        <RolesDialog isAdministrator={now.role === 'administrator'} onClose={close} />
      ) : null}
      {asked?.kind === 'add' ? <AddActorDialog onClose={close} /> : null}
    </>
  )
}
