import type { InstanceAnnotations } from '#shared/domain/identity.ts'
import type { Result } from '#shared/result.ts'
import { sayDone, useSayFailed } from '../../actions/say.ts'
import { useSayUndo } from '../../actions/say-undo.tsx'
import { useParts } from '../../data/parts.tsx'
import { useCommand } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'

type Done = Promise<Result<InstanceAnnotations>>

export interface IdentityActions {
  merge(keep: string, other: string): Done
  split(instance: string, endpoint: string): Done
  undo(instance: string): Done
  answer(proposal: number, isSo: boolean): Done
  /** Takes a no back. */
  reopen(proposal: number): Done
  readonly isRunning: boolean
}

/** What a person can say about who is who: said, shown, and taken back while it is on show. */
export function useIdentityActions(): IdentityActions {
  const { t } = useWords()
  const { navigation } = useParts()
  const merging = useCommand('instance.merge')
  const splitting = useCommand('instance.split')
  const undoing = useCommand('instance.undo')
  const answering = useCommand('identity.answer')
  const reopening = useCommand('identity.reopen')
  const sayFailed = useSayFailed()
  const sayUndo = useSayUndo()

  /** Whoever stays is shown: the one on show may have become another. */
  const follow = (done: Result<InstanceAnnotations>) => {
    const now = navigation.store.getState()
    if (done.ok && now.screen === 'inventory' && now.instance !== null)
      navigation.replace({ ...now, instance: done.value.instance })
  }
  const undo = async (instance: string) => {
    const done = await undoing.run({ instance })
    if (done.ok) sayDone(t('identity:done.undone'))
    else sayFailed(done.failure)
    return done
  }
  const offerUndo = (done: Result<InstanceAnnotations>, message: string) => {
    if (done.ok) sayUndo(message, () => undoing.run({ instance: String(done.value.instance) }))
  }
  return {
    undo,
    async merge(keep, other) {
      const done = await merging.run({ keep, other })
      offerUndo(done, t('identity:done.merged'))
      follow(done)
      return done
    },
    async split(instance, endpoint) {
      const done = await splitting.run({ instance, endpoint })
      if (done.ok) sayUndo(t('identity:done.split'), () => undoing.run({ instance }))
      else sayFailed(done.failure)
      return done
    },
    async answer(proposal, accept) {
      const done = await answering.run({ proposal, accept })
      if (!done.ok) sayFailed(done.failure)
      else if (accept) {
        offerUndo(done, t('identity:done.accepted'))
        follow(done)
      } else sayUndo(t('identity:done.dismissed'), () => reopening.run({ proposal }))
      return done
    },
    async reopen(proposal) {
      const done = await reopening.run({ proposal })
      if (done.ok) sayDone(t('identity:done.reopened'))
      else sayFailed(done.failure)
      return done
    },
    isRunning: [merging, splitting, undoing, answering, reopening].some(each => each.isRunning),
  }
}
