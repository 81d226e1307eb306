import { useState } from 'react'
import type { FieldName } from '#shared/query/fields.ts'
import { longestQuery, parseQuery } from '#shared/query/parse.ts'
import { failureWords } from '../components/failure-words.ts'
import { MarkedMistake } from '../components/marked-mistake.tsx'
import { QueryInput } from '../components/query-input.tsx'
import { useLanguage } from '../components/use-language.ts'
import { useRead } from '../data/reads.ts'
import { useWords } from '../i18n/use-words.ts'

export interface InstanceQueryProps {
  /** By which `/` finds it. */
  readonly id: string
  readonly label: string
  readonly placeholder: string
  readonly query: string
  readonly onQuery: (query: string) => void
  /** The person goes on to what was found. */
  readonly onLeave: () => void
  /** The box lost the focus. */
  readonly onBlur?: () => void
}

/** Where a query over instances is written. */
export function InstanceQuery(props: InstanceQueryProps) {
  const { id, label, placeholder, query, onQuery, onLeave, onBlur } = props
  const { t } = useWords()
  const language = useLanguage()
  const [cursor, setCursor] = useState<number | null>(null)
  const completion = useRead(
    'inventory.complete',
    { query, cursor: cursor ?? 0 },
    { enabled: cursor !== null, keepPrevious: true },
  )
  const parsed = parseQuery(query)
  const wrong = parsed.ok ? null : parsed.mistake
  return (
    <QueryInput
      id={id}
      label={label}
      hint={placeholder}
      text={query}
      onText={text => onQuery(text.slice(0, longestQuery))}
      completion={completion.isOld ? undefined : completion.data}
      onCursor={setCursor}
      meaning={field => t(`query.field.${field as FieldName}`)}
      mistake={
        wrong === null ? null : (
          <MarkedMistake
            text={query}
            start={wrong.start}
            end={wrong.end}
            {...failureWords(wrong, t, language)}
            floats
          />
        )
      }
      onLeave={onLeave}
      {...(onBlur !== undefined && { onBlur })}
    />
  )
}
