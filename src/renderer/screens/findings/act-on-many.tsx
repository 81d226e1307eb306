import { type ReactNode, useState } from 'react'
import { afterFindingStep, type FindingStep } from '#shared/domain/finding.ts'
import { type FindingSelection, mostAtOnce } from '#shared/domain/finding-list.ts'
import { AssignDialog, type Assignment } from '../../actions/assign-dialog.tsx'
import { useTellBulk } from '../../actions/own-instance.ts'
import { sayDone, useSayFailed } from '../../actions/say.ts'
import { Confirm } from '../../components/confirm.tsx'
import { useParts } from '../../data/parts.tsx'
import { useCommand } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { RequestMany } from './request-many.tsx'
import type { FindingTarget } from './use-finding-picks.ts'

export type ManyAction = FindingStep | 'assign' | 'except'

export interface ActOnMany {
  /** Looks which findings those are, and asks before anything is done. */
  begin(action: ManyAction): Promise<void>
  /** What is asked; null: nothing. */
  readonly dialog: ReactNode
}

interface Plan {
  readonly action: ManyAction
  readonly selection: FindingSelection
}

/** The same for many findings: a step, an owner, a request. */
export function useActOnMany(target: FindingTarget, onDone: () => void): ActOnMany {
  const { client } = useParts()
  const sayFailed = useSayFailed()
  const [plan, setPlan] = useState<Plan | null>(null)
  const begin = async (action: ManyAction) => {
    const selection = await client.call('finding.select', { ...target, grouped: true })
    if (!selection.ok) return sayFailed(selection.failure)
    setPlan({ action, selection: selection.value })
  }
  const close = () => setPlan(null)
  const done = () => {
    close()
    onDone()
  }
  return { begin, dialog: plan === null ? null : <Ask plan={plan} onDone={done} onClose={close} /> }
}

interface AskProps {
  readonly plan: Plan
  readonly onDone: () => void
  readonly onClose: () => void
}

function Ask({ plan: { action, selection }, onDone, onClose }: AskProps) {
  if (selection.total > mostAtOnce) return <TooMany count={selection.total} onClose={onClose} />
  if (action === 'assign') return <AssignMany selection={selection} onDone={onDone} onClose={onClose} />
  if (action === 'except') return <RequestMany selection={selection} onDone={onDone} onClose={onClose} />
  return <StepForMany step={action} selection={selection} onDone={onDone} onClose={onClose} />
}

function TooMany({ count, onClose }: { count: number; onClose: () => void }) {
  const { t } = useWords()
  return (
    <Confirm
      isOpen
      title={t('findings:many.label')}
      action={t('close')}
      isRunning={false}
      onConfirm={onClose}
      onCancel={onClose}
    >
      <p>{t('findings:all.tooMany', { count, most: mostAtOnce })}</p>
    </Confirm>
  )
}

interface ManyProps extends Omit<AskProps, 'plan'> {
  readonly selection: FindingSelection
}

function StepForMany({ step, selection, onDone, onClose }: ManyProps & { step: FindingStep }) {
  const { t } = useWords()
  const command = useCommand('finding.move-all')
  const sayFailed = useSayFailed()
  const { findings, total, at } = selection
  const able = findings.filter(({ status }) => afterFindingStep(status, step) !== null).length
  const carryOut = async () => {
    const moved = await command.run({ ids: findings.map(({ id }) => id), step, seenAt: at })
    if (!moved.ok) {
      onClose()
      return sayFailed(moved.failure)
    }
    sayDone(t('findings:all.done', moved.value))
    onDone()
  }
  return (
    <Confirm
      isOpen
      title={t('findings:all.title', { step: t(`findings:step.${step}`) })}
      action={able === 0 ? t('close') : t('findings:all.action', { count: able })}
      isRunning={command.isRunning}
      onConfirm={() => (able === 0 ? onClose() : void carryOut())}
      onCancel={onClose}
    >
      <p>{t('findings:all.text', { count: able })}</p>
      <p>{t('findings:all.rest', { count: total - able })}</p>
      <p>{t('findings:all.changed')}</p>
    </Confirm>
  )
}

/** Findings are answered for with their instances. */
function AssignMany({ selection, onDone, onClose }: ManyProps) {
  const { t } = useWords()
  const command = useCommand('owner.assign')
  const tell = useTellBulk()
  const instances = [...new Set(selection.findings.map(({ instance }) => String(instance)))]
  const assign = async (assignment: Assignment) => {
    tell('assign', await command.run({ instances, ...assignment }))
    onDone()
  }
  return (
    <AssignDialog
      subject={t('findings:many.subject', { count: instances.length, findings: selection.total })}
      ownerId={null}
      isHandover={false}
      isRunning={command.isRunning}
      onAssign={assignment => void assign(assignment)}
      onClose={onClose}
    />
  )
}
