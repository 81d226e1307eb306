import type { Probe } from '#shared/domain/probe.ts'
import { useWords } from '../i18n/use-words.ts'

/** How a question ended: the status, or why there is none. */
export function ProbeAnswer({ probe }: { probe: Probe }) {
  const { t } = useWords()
  const answer = probe.failure === null ? String(probe.status ?? '') : t(`terms:failure.${probe.failure}`)
  return <>{probe.truncated ? t('evidence.truncated', { answer }) : answer}</>
}
