import type { PolicyRule, Remedy, Rule } from '#shared/domain/policy.ts'

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
  const { scope = '', ...rest } = draft
  return JSON.stringify({
    ...rest,
    ...(scope.trim() === '' ? {} : { scope }),
    key: draft.key || 'unnamed',
    title: both(draft.title),
    rationale: both(draft.rationale),
    brokenWhen: draft.brokenWhen.trim() === '' ? 'false' : draft.brokenWhen,
    params: Object.fromEntries(Object.entries(draft.params).filter(([name]) => name !== '')),
    remedy: Object.fromEntries(
      Object.entries(draft.remedy)
        .filter(([, remedy]) => isWritten(remedy))
        .map(([deployment, remedy]) => [deployment, asWritten(remedy, both)]),
    ),
  })
}

/** Of one that was only begun nothing is kept. */
function isWritten({ what, commands, verify }: Remedy): boolean {
  return [what.en, what.de, verify, ...commands].some(text => text.trim() !== '')
}

function asWritten(remedy: Remedy, both: (text: Draft['title']) => Draft['title']): Remedy {
  const commands = remedy.commands.filter(command => command.trim() !== '')
  return { what: both(remedy.what), commands, verify: remedy.verify.trim() }
}
