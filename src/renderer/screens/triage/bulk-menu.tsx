import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { actionsOf, type OwnershipAction, ownershipActions } from '#shared/domain/ownership.ts'
import { AssignDialog, type Assignment } from '../../actions/assign-dialog.tsx'
import { useTellBulk } from '../../actions/own-instance.ts'
import { Confirm } from '../../components/confirm.tsx'
import { useCommand } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import type { TriageRoute } from '../../state/triage-route.ts'
import css from './triage.module.css'
import type { Queue } from './use-queue.ts'

/** A step for everything the filter finds. Asked of the list as it is shown: where it has changed, it is refused. */
export function BulkMenu({ queue, route }: { queue: Queue; route: TriageRoute }) {
  const { t } = useWords()
  const [chosen, setChosen] = useState<OwnershipAction | null>(null)
  const command = useCommand('owner.bulk')
  const tell = useTellBulk()
  const { shown, filter } = queue
  const count = shown?.total ?? 0
  const actions = bulkActions(route)
  const run = async (step: OwnershipAction, assignment: Partial<Assignment> = {}) => {
    if (shown === null) return
    const done = await command.run({ filter, version: shown.version, count, step, ...assignment })
    tell(step, done)
    setChosen(null)
    queue.refresh()
  }
  const close = () => setChosen(null)
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            disabled={count === 0}
            rightSection={<IconChevronDown size={13} />}
          >
            {t('triage:bulk.all', { count })}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {actions.map(action => (
            <Menu.Item key={action} onClick={() => setChosen(action)}>
              {t(`triage:action.${action}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {chosen === 'assign' ? (
        <AssignDialog
          subject={t('inventory.count', { count })}
          ownerId={null}
          isHandover={false}
          isRunning={command.isRunning}
          onAssign={assignment => void run('assign', assignment)}
          onClose={close}
        />
      ) : null}
      <Confirm
        isOpen={chosen !== null && chosen !== 'assign'}
        title={t('triage:bulk.title', { action: t(`triage:action.${chosen ?? 'accept'}`), count })}
        action={t(`triage:action.${chosen ?? 'accept'}`)}
        isRunning={command.isRunning}
        onConfirm={() => chosen !== null && void run(chosen)}
        onCancel={close}
      >
        <p>{t(`triage:bulk.text.${chosen ?? 'accept'}`, { count })}</p>
        <p className={css['muted']}>{t('triage:bulk.guard')}</p>
      </Confirm>
    </>
  )
}

/** Only what can be done with every state on show. */
function bulkActions({ states }: TriageRoute): OwnershipAction[] {
  const shown =
    states.length === 0 ? (['unowned', 'proposed', 'assigned', 'acknowledged', 'disputed'] as const) : states
  return ownershipActions.filter(action =>
    shown.every(state => actionsOf({ state, origin: 'stated' }).includes(action)),
  )
}
