import { Button } from '@mantine/core'
import { useState } from 'react'
import { formatAddressPort } from '#shared/domain/address.ts'
import { actionsOf, type OwnershipAction } from '#shared/domain/ownership.ts'
import type { TriageRow } from '#shared/domain/triage.ts'
import { AssignDialog } from '../../actions/assign-dialog.tsx'
import { useOwnInstance } from '../../actions/own-instance.ts'
import { KeyCap } from '../../components/key-cap.tsx'
import { Mono } from '../../components/mono.tsx'
import { useBasis } from '../../components/ownership-marks.tsx'
import { useKeys } from '../../components/use-keys.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './triage.module.css'

/** Letters that act on the row in focus. `h` hands over, which is an assignment with a word to whoever comes next. */
const keyOf = {
  accept: 'y',
  reject: 'n',
  assign: 'a',
  acknowledge: 'c',
  dispute: 'd',
  release: 'u',
} as const satisfies Record<OwnershipAction, string>

export interface RowActionsProps {
  readonly row: TriageRow | null
  /** What is in focus right now, should that be newer. */
  readonly focused: () => TriageRow | null
  readonly onDone: () => void
}

/** What can be done with the row in focus: nothing is offered that the workflow does not know. */
export function RowActions({ row, focused, onDone }: RowActionsProps) {
  const { t } = useWords()
  const basis = useBasis()
  const own = useOwnInstance()
  const [assigning, setAssigning] = useState<{ row: TriageRow; isHandover: boolean } | null>(null)
  const act = async (action: OwnershipAction, target = focused() ?? row) => {
    if (target === null || own.isRunning || !actionsOf(target.ownership).includes(action)) return
    if (action === 'assign') return setAssigning({ row: target, isHandover: false })
    await own.move(target.instance, action)
    onDone()
  }
  const handOver = () => {
    const target = focused() ?? row
    if (target?.ownership.isOwned === true) setAssigning({ row: target, isHandover: true })
  }
  useKeys({
    y: () => void act('accept'),
    n: () => void act('reject'),
    a: () => void act('assign'),
    c: () => void act('acknowledge'),
    d: () => void act('dispute'),
    u: () => void act('release'),
    h: handOver,
  })
  if (row === null) return <div className={css['actions']} />
  const actions = actionsOf(row.ownership)
  const subject = formatAddressPort(row.address, row.port)
  return (
    <div className={css['actions']} role="toolbar" aria-label={t('triage:actionsOf', { subject })}>
      <Mono>{subject}</Mono>
      <span className={css['who']}>
        {[row.ownership.owner, basis(row.ownership)].filter(Boolean).join(': ')}
      </span>
      <div className={css['end']}>
        {actions.map(action => (
          <Button
            key={action}
            size="xs"
            variant={action === 'accept' ? 'filled' : 'default'}
            loading={own.isRunning}
            onClick={() => void act(action, row)}
            rightSection={<KeyCap>{keyOf[action].toUpperCase()}</KeyCap>}
          >
            {t(`triage:action.${action}`)}
          </Button>
        ))}
        {row.ownership.isOwned ? (
          <Button size="xs" variant="default" rightSection={<KeyCap>H</KeyCap>} onClick={handOver}>
            {t('triage:assign.doHandOver')}
          </Button>
        ) : null}
      </div>
      {assigning === null ? null : (
        <AssignDialog
          subject={formatAddressPort(assigning.row.address, assigning.row.port)}
          ownerId={assigning.row.ownership.ownerId}
          isHandover={assigning.isHandover}
          isRunning={own.isRunning}
          onAssign={assignment =>
            void own.assign(assigning.row.instance, assignment).then(isDone => {
              if (isDone) setAssigning(null)
              onDone()
            })
          }
          onClose={() => setAssigning(null)}
        />
      )}
    </div>
  )
}
