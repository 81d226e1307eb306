import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconListCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { afterFindingStep, type FindingStep, findingSteps } from '#shared/domain/finding.ts'
import { type FindingSelection, mostAtOnce } from '#shared/domain/finding-list.ts'
import { sayDone, useSayFailed } from '../../actions/say.ts'
import { Confirm } from '../../components/confirm.tsx'
import { useParts } from '../../data/parts.tsx'
import { useCommand } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'

interface Plan {
  readonly step: FindingStep
  readonly selection: FindingSelection
  readonly able: number
}

/** One step for every finding of the list, once it is said for how many. */
export function AllOfThem({ query, count, onDone }: { query: string; count: number; onDone: () => void }) {
  const { t } = useWords()
  const { client } = useParts()
  const command = useCommand('finding.move-all')
  const sayFailed = useSayFailed()
  const [plan, setPlan] = useState<Plan | null>(null)
  const prepare = async (step: FindingStep) => {
    const selection = await client.call('finding.select', { query })
    if (!selection.ok) return sayFailed(selection.failure)
    const able = selection.value.findings.filter(
      ({ status }) => afterFindingStep(status, step) !== null,
    ).length
    setPlan({ step, selection: selection.value, able })
  }
  const carryOut = async ({ step, selection }: Plan) => {
    const ids = selection.findings.map(({ id }) => id)
    const moved = await command.run({ ids, step, seenAt: selection.at })
    setPlan(null)
    if (!moved.ok) return sayFailed(moved.failure)
    sayDone(t('findings:all.done', moved.value))
    onDone()
  }
  const isTooMany = plan !== null && plan.selection.total > mostAtOnce
  return (
    <>
      <Menu position="bottom-end" width={300}>
        <Menu.Target>
          <Button
            variant="default"
            disabled={count === 0}
            leftSection={<IconListCheck size={15} aria-hidden />}
            rightSection={<IconChevronDown size={13} aria-hidden />}
          >
            {t('findings:all.button', { count })}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {findingSteps.map(step => (
            <Menu.Item key={step} onClick={() => void prepare(step)}>
              {t(`findings:step.${step}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {plan === null ? null : (
        <Confirm
          isOpen
          title={t('findings:all.title', { step: t(`findings:step.${plan.step}`) })}
          action={isTooMany || plan.able === 0 ? t('close') : t('findings:all.action', { count: plan.able })}
          isRunning={command.isRunning}
          onConfirm={() => (isTooMany || plan.able === 0 ? setPlan(null) : void carryOut(plan))}
          onCancel={() => setPlan(null)}
        >
          {isTooMany ? (
            <p>{t('findings:all.tooMany', { count: plan.selection.total, most: mostAtOnce })}</p>
          ) : (
            <>
              <p>{t('findings:all.text', { count: plan.able })}</p>
              <p>{t('findings:all.rest', { count: plan.selection.total - plan.able })}</p>
              <p>{t('findings:all.changed')}</p>
            </>
          )}
        </Confirm>
      )}
    </>
  )
}
