import type { Duty } from '#shared/domain/owner.ts'
import type { BulkResult, OwnershipAction } from '#shared/domain/ownership.ts'
import type { Result } from '#shared/result.ts'
import { useCommand } from '../data/reads.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Assignment } from './assign-dialog.tsx'
import { sayDone, useSayFailed } from './say.ts'

export type Move = Exclude<OwnershipAction, 'assign'>

/** Steps on the way of instances to somebody who answers for them. Each says what came of it. */
export function useOwnInstance() {
  const assign = useCommand('owner.assign')
  const move = useCommand('owner.move')
  const tell = useTellBulk()
  return {
    isRunning: assign.isRunning || move.isRunning,
    async assign(instance: number, assignment: Assignment): Promise<boolean> {
      return tell('assign', await assign.run({ instances: [String(instance)], ...assignment }))
    },
    async move(instance: number, step: Move, duty: Duty = 'technical'): Promise<boolean> {
      return tell(step, await move.run({ instances: [String(instance)], step, duty }))
    },
  }
}

/** Says how many instances a step reached, and why it did not reach others. true: it reached some. */
export function useTellBulk(): (action: OwnershipAction, result: Result<BulkResult>) => boolean {
  const { t } = useWords()
  const sayFailed = useSayFailed()
  return (action, result) => {
    if (!result.ok) {
      sayFailed(result.failure)
      return false
    }
    const { assigned, unchanged, refused, refusals } = result.value
    const [first] = refusals
    const parts = [
      assigned > 0 || refused + unchanged === 0 ? t(`triage:done.${action}`, { count: assigned }) : '',
      unchanged > 0 ? t('triage:unchanged', { count: unchanged }) : '',
      refused > 0 && first !== undefined
        ? t('triage:refused', { count: refused, reason: t(`governance:refusal.${first.reason}`) })
        : '',
    ]
    sayDone(parts.filter(part => part !== '').join(' '))
    return assigned > 0
  }
}
