import type { Facts } from '#shared/domain/facts.ts'
import type { PolicyRule, Verdict } from '#shared/domain/policy.ts'

/**
 * How a rule hangs on time alone: never; by the age of the instance, so that it can be told when it turns; or in a way that
 * has to be looked at each day.
 */
export type Ageing = 'never' | 'by-age' | 'daily'

/** Another one every day, which is no news: readers of a finding work it out. */
export const ageFact = 'instance.ageDays'
/** These change with scans that see the same again, after which nobody looks at once. */
const silent = ['presence', 'presence.lastSeenDays', 'history', 'history.scanCount', 'instance']
const lists = ['endpoints', 'models', 'advisories', 'exceptions']

/** By the facts its expressions name. */
export function ageingOf(
  each: PolicyRule['each'],
  scope: readonly string[],
  broken: readonly string[],
): Ageing {
  const asked = [...scope, ...broken]
  if (asked.some(path => silent.includes(path))) return 'daily'
  if (!asked.includes(ageFact)) return 'never'
  const isPlain = each === 'instance' && !scope.includes(ageFact) && !asked.some(path => lists.includes(path))
  return isPlain ? 'by-age' : 'daily'
}

interface AgeingRule {
  readonly ageing: Ageing
  evaluate(facts: Facts): readonly { readonly verdict: Verdict }[]
}

/** The same judgement of the same rule is the same object, and is of the same age. */
const known = new WeakMap<object, number>()
/** So far ahead it is looked. */
export const mostDays = 28

/** After how many days a rule may say something else, if nothing else changes than the date; at most `mostDays`. */
export function turnsIn(rule: AgeingRule, facts: Facts): number {
  if (rule.ageing !== 'by-age') return rule.ageing === 'daily' ? 1 : mostDays
  const [said] = rule.evaluate(facts)
  if (said === undefined) return mostDays
  const found = known.get(said) ?? findTurn(rule, facts, said)
  known.set(said, found)
  return found
}

function findTurn(rule: AgeingRule, facts: Facts, said: { readonly verdict: Verdict }): number {
  for (let days = 1; days < mostDays; days++) {
    const instance = { ...facts.instance, ageDays: facts.instance.ageDays + days }
    if (rule.evaluate({ ...facts, instance })[0]?.verdict !== said.verdict) return days
  }
  return mostDays
}
