import type { Range } from '#shared/domain/range.ts'
import { sayDone, useSayFailed } from '../../actions/say.ts'
import { Confirm } from '../../components/confirm.tsx'
import { useParts } from '../../data/parts.tsx'
import { useCommand } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { ranges } from '../../state/route.ts'

export interface RemoveRangeProps {
  readonly range: Range
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Takes a range out of the register, once it is said what that means. */
export function RemoveRange({ range, isOpen, onClose }: RemoveRangeProps) {
  const { t } = useWords()
  const { navigation } = useParts()
  const command = useCommand('range.remove')
  const sayFailed = useSayFailed()
  const remove = async () => {
    const removed = await command.run({ id: range.id })
    onClose()
    if (!removed.ok) return sayFailed(removed.failure)
    navigation.go(ranges)
    sayDone(t('ranges.removed', { block: range.block, site: range.site }))
  }
  return (
    <Confirm
      isOpen={isOpen}
      title={t('ranges.removeTitle', { block: range.block })}
      action={t('ranges.remove')}
      isDestructive
      isRunning={command.isRunning}
      onConfirm={() => void remove()}
      onCancel={onClose}
    >
      <p>{t('ranges.removeText', { block: range.block, site: range.site })}</p>
      <p>{t('ranges.removeKeeps')}</p>
    </Confirm>
  )
}
