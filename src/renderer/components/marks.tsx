import {
  type Icon,
  IconAlertOctagonFilled,
  IconAlertTriangle,
  IconAlertTriangleFilled,
  IconBan,
  IconCalendarDue,
  IconCalendarOff,
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleDot,
  IconCircleX,
  IconClockPause,
  IconGhost,
  IconHelpCircle,
  IconLock,
  IconLockOpen,
  IconMinus,
  IconPlayerPause,
  IconPlayerStop,
  IconPlugConnectedX,
  IconRadar2,
  IconSquareRotatedFilled,
  IconTool,
  IconWorldOff,
  IconWorldShare,
} from '@tabler/icons-react'
import type { Access, Cors, Presence, Severity } from '#shared/domain/exposure.ts'
import type { ScanProgress, ScanStatus } from '#shared/domain/scan.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Tone } from '../theme/tokens.ts'
import css from './status-mark.module.css'
import { StatusMark } from './status-mark.tsx'

type Look = readonly [icon: Icon, tone: Tone]

const severityShapes: Readonly<Record<Severity, Icon>> = {
  critical: IconAlertOctagonFilled,
  high: IconAlertTriangleFilled,
  medium: IconSquareRotatedFilled,
  low: IconCircle,
  none: IconMinus,
}

/** The ordered scale. Each step has its own shape, so that it needs no colour. */
export function SeverityMark({ severity }: { severity: Severity }) {
  const { t } = useWords()
  const Shape = severityShapes[severity]
  return (
    <span className={`${css['mark']} ${css['severity']}`} data-severity={severity}>
      <Shape size={14} stroke={2.5} aria-hidden className={css['severityIcon']} />
      <span className={`${css['word']} ${css['severityWord']}`}>{t(`terms:severity.${severity}`)}</span>
    </span>
  )
}

const accessLooks: Readonly<Record<Access, Look>> = {
  open: [IconLockOpen, 'attention'],
  'auth-required': [IconLock, 'ok'],
  forbidden: [IconBan, 'neutral'],
  unknown: [IconHelpCircle, 'muted'],
}

export function AccessMark({ access }: { access: Access }) {
  const { t } = useWords()
  const [icon, tone] = accessLooks[access]
  return <StatusMark icon={icon} tone={tone} word={t(`terms:access.${access}`)} />
}

const corsLooks: Readonly<Record<Cors, Look>> = {
  any: [IconWorldShare, 'attention'],
  restricted: [IconWorldOff, 'neutral'],
  unknown: [IconHelpCircle, 'muted'],
}

export function CorsMark({ cors }: { cors: Cors }) {
  const { t } = useWords()
  const [icon, tone] = corsLooks[cors]
  return <StatusMark icon={icon} tone={tone} word={t(`terms:cors.${cors}`)} />
}

const presenceLooks: Readonly<Record<Presence, Look>> = {
  present: [IconCircleDot, 'neutral'],
  'not-listening': [IconCircle, 'neutral'],
  gone: [IconCircleX, 'neutral'],
  unreachable: [IconPlugConnectedX, 'attention'],
  'not-covered': [IconCircleDashed, 'muted'],
}

export function PresenceMark({ presence }: { presence: Presence }) {
  const { t } = useWords()
  const [icon, tone] = presenceLooks[presence]
  return <StatusMark icon={icon} tone={tone} word={t(`terms:presence.${presence}`)} />
}

/** Whether some model declares tool calling; null: cannot be said. */
export function ToolsMark({ capable }: { capable: boolean | null }) {
  const { t } = useWords()
  if (capable === null) return <Unknown />
  return capable ? (
    <StatusMark icon={IconTool} tone="attention" word={t('terms:yes')} />
  ) : (
    <StatusMark icon={IconMinus} tone="neutral" word={t('terms:no')} />
  )
}

const scanLooks: Readonly<Record<ScanStatus, Look>> = {
  running: [IconRadar2, 'info'],
  finished: [IconCircleCheck, 'ok'],
  stopped: [IconPlayerStop, 'attention'],
  failed: [IconAlertTriangle, 'danger'],
}

const haltLooks = {
  paused: [IconPlayerPause, 'attention'],
  waiting: [IconClockPause, 'attention'],
} as const satisfies Record<string, Look>

export interface ScanStatusMarkProps {
  readonly status: ScanStatus
  /** What it is doing, if it is the one that runs. */
  readonly phase?: ScanProgress['phase'] | null
}

export function ScanStatusMark({ status, phase = null }: ScanStatusMarkProps) {
  const { t } = useWords()
  const halt = haltOf(phase)
  const [icon, tone] = halt === null ? scanLooks[status] : haltLooks[halt]
  return (
    <StatusMark
      icon={icon}
      tone={tone}
      word={halt === null ? t(`terms:scanStatus.${status}`) : t(`scans.${halt}`)}
    />
  )
}

function haltOf(phase: ScanProgress['phase'] | null): keyof typeof haltLooks | null {
  if (phase === 'waiting') return 'waiting'
  return phase === 'paused' || phase === 'held' ? 'paused' : null
}

const phaseLooks: Readonly<Record<ScanProgress['phase'], Look>> = {
  sweeping: [IconRadar2, 'info'],
  'asking-details': [IconRadar2, 'info'],
  finishing: [IconRadar2, 'info'],
  paused: [IconPlayerPause, 'attention'],
  held: [IconPlugConnectedX, 'attention'],
  waiting: [IconClockPause, 'attention'],
}

/** What a running scan does, or what keeps it from doing anything. */
export function PhaseMark({ phase }: { phase: ScanProgress['phase'] }) {
  const { t } = useWords()
  const [icon, tone] = phaseLooks[phase]
  return <StatusMark icon={icon} tone={tone} word={t(`terms:phase.${phase}`)} />
}

export type AuthorisationState = 'inForce' | 'endsSoon' | 'expired'

const authorisationLooks: Readonly<Record<AuthorisationState, Look>> = {
  inForce: [IconCircleCheck, 'ok'],
  endsSoon: [IconCalendarDue, 'attention'],
  expired: [IconCalendarOff, 'danger'],
}

export function AuthorisationMark({ state }: { state: AuthorisationState }) {
  const { t } = useWords()
  const [icon, tone] = authorisationLooks[state]
  return <StatusMark icon={icon} tone={tone} word={t(`ranges.state.${state}`)} />
}

/** Something that answers in the place of a product, and is none. */
export function ImitationMark({ word }: { word: string }) {
  return <StatusMark icon={IconGhost} tone="neutral" word={word} />
}

/** Never blank, never "no". */
export function Unknown() {
  const { t } = useWords()
  return <span className={css['unknown']}>{t('terms:unknown')}</span>
}
