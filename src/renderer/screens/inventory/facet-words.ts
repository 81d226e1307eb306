import type { FacetValue } from '#shared/domain/facet.ts'
import { type FieldName, fields } from '#shared/query/fields.ts'
import { capabilityWord } from '../../components/capability-word.ts'
import type { Words } from '../../i18n/use-words.ts'

/** Where the words of each closed list are. */
const lists: Partial<Record<FieldName, string>> = {
  risk: 'terms:severity.',
  access: 'terms:access.',
  cors: 'terms:cors.',
  presence: 'terms:presence.',
  zone: 'terms:zone.',
  product: 'terms:product.',
  suspected: 'terms:suspected.',
  tools: 'terms:',
  tls: 'terms:',
}

/** The value of a facet in the language on show; names stay as they are. */
export function facetValueWords(field: FieldName, { value, state }: FacetValue, t: Words): string {
  if (state !== null) return t(`terms:${state}`)
  const word = value ?? ''
  if (field === 'capability') return capabilityWord(word, t)
  const list = lists[field]
  const { kind } = fields[field]
  // That each word of a closed list has its words, a test compares.
  return list === undefined || kind !== 'choice'
    ? word
    : (t as unknown as (key: string) => string)(`${list}${word}`)
}
