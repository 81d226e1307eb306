import { createHash } from 'node:crypto'
import type { Severity } from '#shared/domain/exposure.ts'
import type { PolicyRule, Rule } from '#shared/domain/policy.ts'
import * as policies from '../store/policies.ts'
import type { Reading } from './context.ts'

export type StoredRule = Omit<Rule, 'remedy'> & { readonly remedy: PolicyRule['remedies'] }

/** Every rule as it is in force here. */
export function listRules({ store }: Pick<Reading, 'store'>): PolicyRule[] {
  const settings = Map.groupBy(policies.listPolicySettings(store, {}), each => each.key)
  return policies.listPolicyRules(store, {}).map(({ key, pack, edition, body }) => {
    const rule: StoredRule = JSON.parse(body)
    const own = settings.get(key) ?? []
    return inForce(rule, pack, edition, own)
  })
}

function inForce(
  rule: StoredRule,
  pack: string,
  edition: string,
  settings: readonly policies.PolicySettingRecord[],
): PolicyRule {
  const everywhere = settings.find(({ site }) => site === '')
  const params = { ...rule.params, ...(everywhere?.params ? JSON.parse(everywhere.params) : {}) }
  const meaning = [rule.each, rule.scope ?? null, rule.brokenWhen, params]
  return {
    key: rule.key,
    pack,
    edition,
    each: rule.each,
    scope: rule.scope ?? null,
    brokenWhen: rule.brokenWhen,
    severity: (everywhere?.severity ?? rule.severity) as Severity,
    params,
    enabled: everywhere?.enabled !== 0,
    scopeQuery: everywhere?.scope ?? '',
    sites: settings.flatMap(({ site, enabled }) =>
      site === '' || enabled === null ? [] : [{ site, enabled: enabled === 1 }],
    ),
    revision: createHash('sha256').update(JSON.stringify(meaning)).digest('hex').slice(0, 16),
    title: rule.title,
    rationale: rule.rationale,
    remedies: rule.remedy,
    cases: rule.cases,
  }
}
