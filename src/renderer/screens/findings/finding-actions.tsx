import { Button } from '@mantine/core'
import { IconRadar2 } from '@tabler/icons-react'
import { afterFindingStep, type FindingDetail, findingSteps } from '#shared/domain/finding.ts'
import { sayDone, useSayFailed } from '../../actions/say.ts'
import { useCommand, useRead } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { exceptions } from '../../state/findings-route.ts'
import { formatRoute } from '../../state/route.ts'
import { isToDo } from './finding-columns.tsx'
import css from './findings.module.css'
import type { Verify } from './use-verify.ts'

export interface FindingActionsProps {
  readonly finding: FindingDetail
  readonly verify: Verify
  readonly onExcept: () => void
}

/** Only what can be done from where the finding is: what the table of transitions does not know is not offered. */
export function FindingActions({ finding, verify, onExcept }: FindingActionsProps) {
  const { t } = useWords()
  const move = useCommand('finding.move')
  const sayFailed = useSayFailed()
  const steps = findingSteps.filter(step => afterFindingStep(finding.status, step) !== null)
  const take = async (step: (typeof steps)[number]) => {
    const moved = await move.run({ id: finding.id, step })
    if (!moved.ok) return sayFailed(moved.failure)
    sayDone(t('findings:moved', { status: t(`governance:findingStatus.${moved.value.status}`) }))
  }
  const retire = steps.filter(step => step === 'retire')
  const others = steps.filter(step => step !== 'retire')
  return (
    <>
      <div className={css['apart']}>
        {retire.map(step => (
          <Button key={step} variant="default" loading={move.isRunning} onClick={() => void take(step)}>
            {t(`findings:step.${step}`)}
          </Button>
        ))}
        <Removed finding={finding} verify={verify} />
      </div>
      {isToDo(finding) ? <Except finding={finding} onExcept={onExcept} /> : null}
      {others.map(step => (
        <Button key={step} variant="default" loading={move.isRunning} onClick={() => void take(step)}>
          {t(`findings:step.${step}`)}
        </Button>
      ))}
      {finding.status === 'merged' ? null : (
        <Button
          leftSection={<IconRadar2 size={15} aria-hidden />}
          loading={verify.running === finding.id}
          onClick={() => void verify.start(finding.id)}
        >
          {t('findings:verify.now')}
        </Button>
      )}
    </>
  )
}

/** One that waits for its decision is not asked for again. */
function Except({ finding, onExcept }: Pick<FindingActionsProps, 'finding' | 'onExcept'>) {
  const { t } = useWords()
  const pending = useRead('exception.list', {}).data?.find(
    each => each.finding === finding.id && each.status === 'requested',
  )
  if (pending === undefined)
    return (
      <Button variant="default" onClick={onExcept}>
        {t('findings:except')}
      </Button>
    )
  return (
    <Button
      variant="default"
      component="a"
      href={formatRoute({ ...exceptions, show: 'pending', exception: pending.id })}
    >
      {t('findings:exceptPending')}
    </Button>
  )
}

/** After a look that did not find it, a person's word is enough. */
function Removed({ finding, verify }: Pick<FindingActionsProps, 'finding' | 'verify'>) {
  const { t } = useWords()
  const command = useCommand('finding.confirm-removed')
  const sayFailed = useSayFailed()
  const { done } = verify
  if (done?.finding !== finding.id || !isToDo(finding)) return null
  const confirm = async () => {
    const confirmed = await command.run({ id: finding.id, scan: done.scan })
    if (!confirmed.ok) return sayFailed(confirmed.failure)
    sayDone(t('findings:moved', { status: t('governance:findingStatus.resolved') }))
  }
  return (
    <Button variant="default" loading={command.isRunning} onClick={() => void confirm()}>
      {t('findings:verify.removed')}
    </Button>
  )
}
