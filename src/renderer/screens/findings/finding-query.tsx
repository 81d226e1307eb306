import { useState } from 'react'
import { type FieldName, fieldNames } from '#shared/query/fields.ts'
import { type FindingField, findingFieldNames, parseFindingQuery } from '#shared/query/finding-query.ts'
import { longestQuery } from '#shared/query/parse.ts'
import { failureWords } from '../../components/failure-words.ts'
import { MarkedMistake } from '../../components/marked-mistake.tsx'
import { QueryInput } from '../../components/query-input.tsx'
import { useLanguage } from '../../components/use-language.ts'
import { useParts, useScreenRoute } from '../../data/parts.tsx'
import { useRead } from '../../data/reads.ts'
import { useWords, type Words } from '../../i18n/use-words.ts'
import { findings } from '../../state/findings-route.ts'

/** The query over findings. The list follows while it can be read. */
export function FindingQuery({ onLeave }: { onLeave: () => void }) {
  const { t } = useWords()
  const language = useLanguage()
  const { navigation } = useParts()
  const route = useScreenRoute('findings', findings)
  const [cursor, setCursor] = useState<number | null>(null)
  const completion = useRead(
    'finding.complete',
    { query: route.text, cursor: cursor ?? 0 },
    { enabled: cursor !== null, keepPrevious: true },
  )
  const parsed = parseFindingQuery(route.text)
  const wrong = parsed.ok ? null : parsed.mistake
  const words = wrong === null ? null : failureWords(wrong, t, language)
  return (
    <QueryInput
      id="finding-query"
      label={t('findings:filter')}
      hint={t('findings:filterHint')}
      text={route.text}
      onText={text => navigation.replace({ ...route, text: text.slice(0, longestQuery) })}
      completion={completion.isOld ? undefined : completion.data}
      onCursor={setCursor}
      meaning={field => meaningOf(field, t)}
      mistake={
        wrong === null || words === null ? null : (
          <MarkedMistake text={route.text} start={wrong.start} end={wrong.end} {...words} floats />
        )
      }
      onLeave={onLeave}
    />
  )
}

function meaningOf(field: string, t: Words): string {
  const own: FindingField | undefined = findingFieldNames.find(name => name === field)
  if (own !== undefined) return t(`findings:field.${own}`)
  const known: FieldName | undefined = fieldNames.find(name => name === field)
  return known === undefined ? '' : t(`query.field.${known}`)
}
