import type { Facts } from '#shared/domain/facts.ts'
import {
  caseFacts,
  type PolicyRule,
  type RuleCase,
  type RuleProblem,
  type Verdict,
} from '#shared/domain/policy.ts'
import { type Expression, inputOf, memberOf, type RuleInput, readExpression } from './rule-language.ts'

/** A rule that can be asked. */
export interface ReadyRule {
  readonly key: string
  evaluate(facts: Facts): Judgement[]
}

/** What a rule says about an instance, or about one of its models, advisories, exceptions. */
export interface Judgement {
  readonly rule: string
  /** Which one of the list; '': the instance itself. */
  readonly part: string
  /** What people call it. */
  readonly label: string
  readonly verdict: Verdict
  /** The facts the rule asked for, as they were. */
  readonly facts: Readonly<Record<string, unknown>>
}

type RuleText = Pick<PolicyRule, 'key' | 'each' | 'scope' | 'brokenWhen' | 'params'>

/** Makes a rule ready to be asked, or tells what is wrong with it. */
export function readRule(rule: RuleText): ReadyRule | RuleProblem {
  const scope = rule.scope === null ? null : readExpression(rule.scope, 'instance')
  if (scope !== null && 'message' in scope) return { field: 'scope', ...scope }
  const broken = readExpression(rule.brokenWhen, rule.each)
  if ('message' in broken) return { field: 'brokenWhen', ...broken }
  const paths = [...new Set([...(scope?.paths ?? []), ...broken.paths])].filter(
    path => !path.startsWith('params'),
  )
  const remembered = rule.each === 'instance' ? remember() : null
  return {
    key: rule.key,
    evaluate(facts) {
      const asked = pick(paths, facts)
      // Equal answers to all it asks for: an equal verdict. Lists are not compared; an absent one is.
      const key = paths.some(path => lists.has(path) && asked[path] !== null) ? null : JSON.stringify(asked)
      const work = () => judge(rule, scope, broken, paths, facts)
      return key === null || remembered === null ? work() : remembered(key, work)
    },
  }
}

const lists = new Set(['endpoints', 'models', 'advisories', 'exceptions'])
const mostRemembered = 20_000

/** An expression that meets an absent fact fails with an error, which takes twenty times as long as an answer. */
function remember() {
  const known = new Map<string, Judgement[]>()
  return (key: string, work: () => Judgement[]): Judgement[] => {
    const found = known.get(key) ?? work()
    if (known.size >= mostRemembered) known.clear()
    known.set(key, found)
    return found
  }
}

function judge(
  rule: RuleText,
  scope: Expression | null,
  broken: Expression,
  paths: readonly string[],
  facts: Facts,
): Judgement[] {
  const input = inputOf(facts, rule.params)
  const members = membersOf(facts, rule)
  const inScope = scope === null ? true : scope.ask(input)
  // Not asked of it: nothing is broken, and what was is not any more.
  if (inScope === false) return members === null || rule.each === 'instance' ? [satisfied(rule)] : []
  if (members === null) return [{ ...satisfied(rule), verdict: 'unknown', facts: {} }]
  return members.map(({ part, label, own, values }) => ({
    rule: rule.key,
    part,
    label,
    verdict: verdictOf(inScope, broken.ask({ ...input, ...own })),
    facts: pick(paths, { ...facts, ...values }),
  }))
}

function satisfied(rule: RuleText): Judgement {
  return { rule: rule.key, part: '', label: '', verdict: 'satisfied', facts: {} }
}

function verdictOf(inScope: boolean | null, broken: boolean | null): Verdict {
  if (broken === false) return 'satisfied'
  return broken === null || inScope === null ? 'unknown' : 'broken'
}

interface Member {
  readonly part: string
  readonly label: string
  readonly own: RuleInput
  readonly values: Readonly<Record<string, unknown>>
}

/** Whom a rule is asked of; null: that is unknown. Models are told apart by digest: names can point anywhere. */
function membersOf(facts: Facts, { each }: RuleText): Member[] | null {
  if (each === 'instance') return [{ part: '', label: '', own: {}, values: {} }]
  if (each === 'model') {
    const members = facts.models?.map(model =>
      member('model', model.digest ?? `name ${model.name}`, model.name, model),
    )
    return members === undefined ? null : onePerPart(members)
  }
  if (each === 'advisory') {
    return facts.advisories?.map(advisory => member('advisory', advisory.id, advisory.id, advisory)) ?? null
  }
  return facts.exceptions.map(exception =>
    member('exception', String(exception.id), exception.rule, exception),
  )
}

function member(
  kind: 'model' | 'advisory' | 'exception',
  part: string,
  label: string,
  values: object,
): Member {
  return { part, label, own: memberOf(kind, values), values: { [kind]: values } }
}

/** Two names of one digest are one model: the first name in the alphabet stands for it. */
function onePerPart(members: readonly Member[]): Member[] {
  const sorted = [...members].sort((a, b) => (a.label < b.label ? -1 : 1))
  return [...new Map(sorted.reverse().map(each => [each.part, each])).values()]
}

/** The values of the facts a rule names; null: unknown. Lists are shown by how many they hold. */
function pick(paths: readonly string[], facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = paths.flatMap(path => {
    const [root = '', field] = path.split('.')
    if (!(root in facts) && !knownRoots.has(root)) return []
    const value = facts[root]
    const found =
      field === undefined || root === 'version'
        ? value
        : (value as Record<string, unknown> | undefined)?.[field]
    const name = root === 'version' ? 'version' : path
    return [
      [name, Array.isArray(found) && typeof found[0] === 'object' ? found.length : (found ?? null)] as const,
    ]
  })
  return Object.fromEntries(entries)
}

/** Facts that may be absent: named by a rule, they are evidence of not knowing. Variables of macros are none. */
const knownRoots = new Set([...Object.keys(caseFacts), 'version', 'models', 'advisories'])

/** What a rule says about the facts of a case: the first verdict, broken before unknown. */
export function verdictOfCase(ready: ReadyRule, { facts }: RuleCase): Verdict {
  const verdicts = ready.evaluate(mergeFacts(facts)).map(({ verdict }) => verdict)
  return (['broken', 'unknown'] as const).find(verdict => verdicts.includes(verdict)) ?? 'satisfied'
}

/** Case facts over ordinary ones; null takes a fact away. */
export function mergeFacts(given: Readonly<Record<string, unknown>>): Facts {
  return merge(caseFacts, given) as Facts
}

function merge(under: unknown, over: unknown): unknown {
  if (!isRecord(under) || !isRecord(over)) return over
  const merged: Record<string, unknown> = { ...under }
  for (const [key, value] of Object.entries(over)) {
    if (value === null) delete merged[key]
    else merged[key] = key in under ? merge(under[key], value) : value
  }
  return merged
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
