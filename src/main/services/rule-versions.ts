import { isoInstant } from '#shared/domain/instant.ts'
import type { PolicyRule } from '#shared/domain/policy.ts'
import type { RuleVersion } from '#shared/domain/rule-preview.ts'
import { addRuleVersion, versionsOfRule } from '../store/rule-versions.ts'
import type { Reading, Transaction } from './context.ts'
import { listRules } from './rules-in-force.ts'

/** Writes down what rules are from now on, and by whom. */
export function keepVersions(
  { store, now, actor }: Pick<Transaction, 'store' | 'now' | 'actor'>,
  keys: readonly string[],
): void {
  for (const rule of listRules({ store }).filter(({ key }) => keys.includes(key)))
    addRuleVersion(store, { key: rule.key, at: now, actor, body: JSON.stringify(rule) })
}

/** What a rule has been, the newest first. */
export function listVersions({ store }: Reading, { key }: { readonly key: string }): RuleVersion[] {
  return versionsOfRule(store, { key }).map(({ number, at, actor, body }) => ({
    number,
    at: isoInstant(at),
    actor,
    rule: JSON.parse(body) as PolicyRule,
  }))
}
