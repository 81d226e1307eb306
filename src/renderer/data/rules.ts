import type { PolicyRule } from '#shared/domain/policy.ts'
import { useLanguage } from '../components/use-language.ts'
import { useRead } from './reads.ts'

export interface KnownRules {
  of(key: string): PolicyRule | undefined
  /** What it is called; a rule that is not there any more by its key. */
  titleOf(key: string): string
}

/** The rules by key, in the language on show. */
export function useRules(): KnownRules {
  const language = useLanguage()
  const rules = useRead('policy.list', {}).data
  const of = (key: string) => rules?.find(rule => rule.key === key)
  return { of, titleOf: key => of(key)?.title[language] ?? key }
}
