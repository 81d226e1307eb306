import type { Exception } from '#shared/domain/exception.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './findings.module.css'

const lapses = ['version', 'model', 'capability', 'exposure', 'zone'] as const

/** Why it ended before its date. */
export function LapseReason({ exception: { status, endReason } }: { exception: Exception }) {
  const { t } = useWords()
  const reason = lapses.find(each => each === endReason)
  if (status !== 'lapsed' || reason === undefined) return null
  return <span className={css['about']}>{t(`governance:lapse.${reason}`)}</span>
}
