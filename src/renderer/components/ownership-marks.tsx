import {
  type Icon,
  IconAlarm,
  IconCalendarExclamation,
  IconMessageReport,
  IconUserCheck,
  IconUserOff,
  IconUserPlus,
  IconUserQuestion,
} from '@tabler/icons-react'
import type { Ownership, OwnershipReason, OwnershipState } from '#shared/domain/ownership.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Tone } from '../theme/tokens.ts'
import { StatusMark } from './status-mark.tsx'

const looks: Readonly<Record<OwnershipState, readonly [icon: Icon, tone: Tone]>> = {
  unowned: [IconUserOff, 'attention'],
  proposed: [IconUserQuestion, 'info'],
  assigned: [IconUserPlus, 'neutral'],
  acknowledged: [IconUserCheck, 'ok'],
  disputed: [IconMessageReport, 'danger'],
}

/** Where an instance is on its way to somebody who answers for it. */
export function OwnershipMark({ state }: { state: OwnershipState }) {
  const { t } = useWords()
  const [icon, tone] = looks[state]
  return <StatusMark icon={icon} tone={tone} word={t(`governance:ownershipState.${state}`)} />
}

/** Nobody answers for it, for longer than is allowed. */
export function EscalatedMark({ word }: { word: string }) {
  return <StatusMark icon={IconAlarm} tone="danger" word={word} strong />
}

/** The day somebody was to have taken it on is past. */
export function OverdueMark({ word }: { word: string }) {
  return <StatusMark icon={IconCalendarExclamation} tone="danger" word={word} strong />
}

/** Why somebody owns an instance, or might, in words. */
export function useReasonWords(): (reasons: readonly OwnershipReason[]) => string {
  const { t } = useWords()
  return reasons =>
    reasons.map(({ kind, detail }) => t(`governance:ownershipReason.${kind}`, { detail })).join(' · ')
}

/** The reasons of an ownership, of a proposal with how sure it is. */
export function useBasis(): (ownership: Ownership) => string {
  const { t } = useWords()
  const reasons = useReasonWords()
  return ownership => {
    if (ownership.reasons.length === 0) return ''
    const words = reasons(ownership.reasons)
    return ownership.confidence === null
      ? words
      : t('triage:confidence', { confidence: ownership.confidence, reasons: words })
  }
}
