import { useMemo } from 'react'
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
  return useMemo(() => {
    const known = new Map(rules?.map(rule => [rule.key, rule]))
    return {
      of: (key: string) => known.get(key),
      titleOf: (key: string) => known.get(key)?.title[language] ?? key,
    }
  }, [rules, language])
}
