import {
  type Icon,
  IconAlarm,
  IconArchive,
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconEyeOff,
  IconGitMerge,
  IconHourglass,
  IconMoon,
  IconShieldPause,
  IconTool,
  IconX,
} from '@tabler/icons-react'
import type { ExceptionStatus } from '#shared/domain/exception.ts'
import type { FindingStatus } from '#shared/domain/finding.ts'
import { formatRelative, millisecondsOf } from '../format/dates.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Tone } from '../theme/tokens.ts'
import { StatusMark } from './status-mark.tsx'
import { useLanguage } from './use-language.ts'
import { useNow } from './use-now.ts'

type Look = readonly [icon: Icon, tone: Tone]

const statusLooks: Readonly<Record<FindingStatus, Look>> = {
  open: [IconCircle, 'attention'],
  'in-remediation': [IconTool, 'info'],
  'awaiting-verification': [IconHourglass, 'info'],
  resolved: [IconCircleCheck, 'ok'],
  excepted: [IconShieldPause, 'neutral'],
  withdrawn: [IconX, 'muted'],
  merged: [IconGitMerge, 'muted'],
  retired: [IconArchive, 'muted'],
  dormant: [IconMoon, 'muted'],
  'not-verifiable': [IconEyeOff, 'muted'],
}

export function FindingStatusMark({ status }: { status: FindingStatus }) {
  const { t } = useWords()
  const [icon, tone] = statusLooks[status]
  return <StatusMark icon={icon} tone={tone} word={t(`governance:findingStatus.${status}`)} />
}

/** Until when it is to be fixed; what is late says so. */
export function DueMark({ dueAt, isOver }: { dueAt: string | null; isOver: boolean }) {
  const { t } = useWords()
  const language = useLanguage()
  const now = useNow()
  if (dueAt === null) return <StatusMark icon={IconCircleDashed} tone="muted" word={t('findings:due.none')} />
  const at = millisecondsOf(dueAt)
  const when = formatRelative(at, now, language)
  if (isOver || at >= now) return <span>{when}</span>
  return <StatusMark icon={IconAlarm} tone="danger" strong word={t('findings:due.overdue', { when })} />
}

const exceptionLooks: Readonly<Record<ExceptionStatus, Look>> = {
  requested: [IconHourglass, 'attention'],
  approved: [IconCircleCheck, 'ok'],
  rejected: [IconX, 'neutral'],
  expired: [IconAlarm, 'muted'],
  lapsed: [IconShieldPause, 'attention'],
}

export function ExceptionMark({ status, isExpiring }: { status: ExceptionStatus; isExpiring: boolean }) {
  const { t } = useWords()
  const [icon, tone] = exceptionLooks[status]
  if (isExpiring)
    return <StatusMark icon={IconAlarm} tone="attention" word={t('findings:register.expiring')} />
  return <StatusMark icon={icon} tone={tone} word={t(`governance:exceptionStatus.${status}`)} />
}
