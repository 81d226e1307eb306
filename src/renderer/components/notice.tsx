import { CloseButton } from '@mantine/core'
import { type Icon, IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './notice.module.css'

export type NoticeTone = 'info' | 'ok' | 'attention' | 'danger'

const shapes: Readonly<Record<NoticeTone, Icon>> = {
  info: IconInfoCircle,
  ok: IconCircleCheck,
  attention: IconAlertTriangle,
  danger: IconAlertTriangle,
}

export interface NoticeProps {
  readonly tone: NoticeTone
  readonly children: ReactNode
  readonly actions?: ReactNode
  readonly onClose?: () => void
  /** Fills the width of the page, without rounded corners. */
  readonly banner?: boolean
  /** Interrupts who listens to the page. */
  readonly isUrgent?: boolean
}

/** Something to know, in its place. */
export function Notice({ tone, children, actions, onClose, banner = false, isUrgent = false }: NoticeProps) {
  const { t } = useWords()
  const Shape = shapes[tone]
  return (
    <div
      className={css['notice']}
      data-tone={tone}
      data-banner={banner || undefined}
      role={isUrgent ? 'alert' : 'status'}
    >
      <Shape size={16} aria-hidden className={css['icon']} />
      <div className={css['body']}>{children}</div>
      {actions}
      {onClose === undefined ? null : <CloseButton size="sm" aria-label={t('close')} onClick={onClose} />}
    </div>
  )
}
