import { IconBan, IconCircleCheck } from '@tabler/icons-react'
import type { AuditEntry } from '#shared/domain/audit.ts'
import { StatusMark } from '../../components/status-mark.tsx'
import { useWords } from '../../i18n/use-words.ts'

/** Whether it was done, or refused and left no trace but this. */
export function OutcomeMark({ outcome }: { outcome: AuditEntry['outcome'] }) {
  const { t } = useWords()
  return (
    <StatusMark
      icon={outcome === 'done' ? IconCircleCheck : IconBan}
      tone={outcome === 'done' ? 'neutral' : 'attention'}
      word={t(`governance:outcome.${outcome}`)}
    />
  )
}
