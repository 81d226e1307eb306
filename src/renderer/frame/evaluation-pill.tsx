import { useEffect, useState } from 'react'
import type { EvaluationProgress } from '#shared/domain/evaluation.ts'
import { useLanguage } from '../components/use-language.ts'
import { useParts } from '../data/parts.tsx'
import { useRead } from '../data/reads.ts'
import { formatNumber } from '../format/numbers.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './top-bar.module.css'

/** While the rules are asked again of many instances: how far that is. */
export function EvaluationPill() {
  const { t } = useWords()
  const { client } = useParts()
  const language = useLanguage()
  const [progress, setProgress] = useState<EvaluationProgress | null>(null)
  const first = useRead('evaluation.show', {}).data
  useEffect(() => client.on('evaluation.progressed', setProgress), [client])
  const shown = progress ?? first ?? null
  if (shown === null || shown.done >= shown.total) return null
  return (
    <span className={css['judging']} role="status">
      {t('triage:judging', {
        done: formatNumber(shown.done, language),
        total: formatNumber(shown.total, language),
      })}
    </span>
  )
}
