import type { PolicyRule, Rule } from '#shared/domain/policy.ts'

/** A rule that is being written. */
export type Draft = Omit<Rule, 'remedy'> & { readonly remedy: PolicyRule['remedies'] }

/** A rule in force as the text it could have come from. */
export function draftOf(rule: PolicyRule): Draft {
  const { key, each, scope, brokenWhen, severity, params, title, rationale, remedies, cases } = rule
  return {
    key,
    each,
    ...(scope === null ? {} : { scope }),
    brokenWhen,
    severity: severity === 'none' ? 'low' : severity,
    params,
    title,
    rationale,
    remedy: remedies,
    cases,
  }
}

export const emptyDraft: Draft = {
  key: '',
  each: 'instance',
  brokenWhen: '',
  severity: 'medium',
  params: {},
  title: { en: '', de: '' },
  rationale: { en: '', de: '' },
  remedy: {},
  cases: [],
}

/** As JSON. Who writes in one language only, says the same in the other. */
export function textOf(draft: Draft): string {
  const both = ({ en, de }: Draft['title']) => ({ en: en || de || '–', de: de || en || '–' })
  return JSON.stringify({
    ...draft,
    key: draft.key || 'unnamed',
    title: both(draft.title),
    rationale: both(draft.rationale),
    brokenWhen: draft.brokenWhen.trim() === '' ? 'false' : draft.brokenWhen,
  })
}
