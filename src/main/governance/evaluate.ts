import type { Facts } from '#shared/domain/facts.ts'
import {
  caseFacts,
  type PolicyRule,
  type RuleCase,
  type RuleProblem,
  type Verdict,
} from '#shared/domain/policy.ts'
import {
  type Expression,
  inputOf,
  inputOfSome,
  memberOf,
  type RuleInput,
  readExpression,
  type SomeFacts,
} from './rule-language.ts'

/** A rule that can be asked. */
export interface ReadyRule {
  readonly key: string
  /** The facts it names, those of a member of a list among them: `exposure.access`, `advisory.affected`. */
  readonly paths: readonly string[]
  evaluate(facts: Facts): Judgement[]
  /** What would be broken whatever all other facts are: '', the ids of advisories, or nothing; null: they matter. */
  decide(some: SomeFacts): readonly string[] | null
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
  const inScope = scope === null ? null : remembering(scope, rule)
  const isBroken = remembering(broken, rule)
  const paths = [...new Set([...(scope?.paths ?? []), ...broken.paths])]
  const show = picker(paths)
  return {
    key: rule.key,
    paths,
    evaluate: facts => judge(rule, inScope, isBroken, show, facts),
    decide: some => decide(rule, scope, broken, some),
  }
}

function decide(
  { each, params }: RuleText,
  scope: Expression | null,
  broken: Expression,
  some: SomeFacts,
): readonly string[] | null {
  const input = inputOfSome(some, params)
  const inScope = scope === null ? true : scope.ask(input)
  if (inScope === false) return []
  if (each === 'advisory' && some.advisories !== undefined) {
    const names = [...(scope?.paths ?? []), ...broken.paths].map(path => path.split('.')[0] ?? '')
    // An advisory of which it is unknown whether it applies is not broken.
    if (inScope === null || names.some(name => !knownOfAdvisories.has(name))) return null
    return some.advisories.flatMap(advisory =>
      broken.ask({ ...input, ...memberOf('advisory', advisory) }) === true ? [advisory.id] : [],
    )
  }
  const answer = broken.ask(input)
  if (answer === false) return []
  return answer === true && inScope === true && each === 'instance' ? [''] : null
}

const knownOfAdvisories: ReadonlySet<string> = new Set(['advisory', 'params', 'version'])

type Ask = (facts: Facts, member: Member | null) => boolean | null
type Show = (facts: Facts, member: Member | null) => Record<string, unknown>

function judge(rule: RuleText, scope: Ask | null, broken: Ask, show: Show, facts: Facts): Judgement[] {
  const members = membersOf(facts, rule)
  const inScope = scope === null ? true : scope(facts, null)
  // Not asked of it: nothing is broken, and what was is not any more.
  if (inScope === false) return members === null || rule.each === 'instance' ? [satisfied(rule)] : []
  if (members === null) return [{ ...satisfied(rule), verdict: 'unknown', facts: {} }]
  return members.map(member => ({
    rule: rule.key,
    part: member.part,
    label: member.label,
    verdict: verdictOf(inScope, broken(facts, member)),
    facts: show(facts, member),
  }))
}

const lists = new Set(['endpoints', 'models', 'advisories', 'exceptions'])
const mostRemembered = 20_000

/**
 * Equal facts, an equal answer: an expression that meets an absent fact fails with an error, which takes twenty times as
 * long as an answer. What is in a list is not compared; an absent one is.
 */
function remembering(expression: Expression, { params }: RuleText): Ask {
  const known = new Map<string, boolean | null>()
  const read = picker(expression.paths)
  const asked = expression.paths.filter(path => lists.has(path))
  return (facts, member) => {
    const ask = () =>
      expression.ask({ ...inputOf(facts, params), ...(member === null ? {} : inputOfMember(member)) })
    if (asked.some(path => facts[path as keyof Facts] !== undefined)) return ask()
    const key = JSON.stringify(read(facts, member))
    const found = known.get(key)
    if (found !== undefined) return found
    const answer = ask()
    if (known.size >= mostRemembered) known.clear()
    known.set(key, answer)
    return answer
  }
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
  readonly kind: Exclude<PolicyRule['each'], 'instance'> | null
  readonly values: object
}

const itself: readonly Member[] = [{ part: '', label: '', kind: null, values: {} }]

/** Whom a rule is asked of; null: that is unknown. Models are told apart by digest: names can point anywhere. */
function membersOf(facts: Facts, { each }: RuleText): readonly Member[] | null {
  if (each === 'instance') return itself
  if (each === 'model') {
    const members = facts.models?.map(model => ({
      part: model.digest ?? `name ${model.name}`,
      label: model.name,
      kind: each,
      values: model,
    }))
    return members === undefined ? null : onePerPart(members)
  }
  if (each === 'advisory') {
    return (
      facts.advisories?.map(advisory => ({
        part: advisory.id,
        label: advisory.id,
        kind: each,
        values: advisory,
      })) ?? null
    )
  }
  return facts.exceptions.map(exception => ({
    part: String(exception.id),
    label: exception.rule,
    kind: each,
    values: exception,
  }))
}

function inputOfMember({ kind, values }: Member): RuleInput {
  return kind === null ? {} : memberOf(kind, values)
}

/** Two names of one digest are one model: the first name in the alphabet stands for it. */
function onePerPart(members: readonly Member[]): readonly Member[] {
  if (members.length < 2) return members
  const sorted = [...members].sort((a, b) => (a.label < b.label ? 1 : -1))
  return [...new Map(sorted.map(each => [each.part, each])).values()]
}

/**
 * Reads the values of the facts an expression names; null: unknown. Lists are shown by how many they hold. Variables of
 * macros and parameters are no facts.
 */
function picker(paths: readonly string[]): Show {
  const readers = paths.flatMap(path => {
    const [root = '', field] = path.split('.')
    if (memberKinds.has(root)) return [{ name: path, root: '', field }]
    if (root === 'version') return [{ name: root, root, field: undefined }]
    return knownRoots.has(root) ? [{ name: path, root, field }] : []
  })
  return (facts, member) => {
    const picked: Record<string, unknown> = {}
    for (const { name, root, field } of readers) {
      const value = root === '' ? member?.values : facts[root as keyof Facts]
      const found = field === undefined ? value : (value as Record<string, unknown> | undefined)?.[field]
      picked[name] = Array.isArray(found) && typeof found[0] === 'object' ? found.length : (found ?? null)
    }
    return picked
  }
}

const memberKinds = new Set(['model', 'advisory', 'exception'])
/** Facts that may be absent: named by a rule, they are evidence of not knowing. */
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
