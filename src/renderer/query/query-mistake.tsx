import type { Mistake } from '#shared/query/mistake.ts'
import { failureWords } from '../components/failure-words.ts'
import { useLanguage } from '../components/use-language.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './query-input.module.css'

/** What is wrong with a query: the words for it, and the place in it marked. */
export function QueryMistake({ id, query, mistake }: { id: string; query: string; mistake: Mistake }) {
  const { t } = useWords()
  const language = useLanguage()
  const { code, details, start, end } = mistake
  const { error, next } = failureWords({ code, details }, t, language)
  return (
    <div id={id} className={css['mistake']}>
      <p className={css['quoted']}>
        {query.slice(0, start)}
        <mark className={css['mark']}>{query.slice(start, end) || '\u00a0'}</mark>
        {query.slice(end)}
      </p>
      <p>
        {error} <span className={css['next']}>{next}</span>
      </p>
    </div>
  )
}
