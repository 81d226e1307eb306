import type { Facts } from '#shared/domain/facts.ts'
import {
  caseFacts,
  type PolicyRule,
  type RuleCase,
  type RuleProblem,
  type Verdict,
} from '#shared/domain/policy.ts'
import { type Ageing, ageFact, ageingOf } from './next-turn.ts'
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
  /** What would be broken whatever all other facts are: '', the ids of advisories, or nothing; null: they matter. */
  decide(some: SomeFacts): readonly string[] | null
  /** The same object for the same judgement, as long as it is remembered. */
  evaluate(facts: Facts): readonly Judgement[]
  readonly ageing: Ageing
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
  const judgeMember = judging(rule, scope, broken)
  const unsaid: readonly Judgement[] = [satisfied(rule)]
  const unknown: readonly Judgement[] = [{ ...satisfied(rule), verdict: 'unknown' }]
  const evaluate = (facts: Facts): readonly Judgement[] => {
    const members = membersOf(facts, rule)
    const answer = inScope === null || inScope(facts, null)
    // Not asked of it: nothing is broken, and what was is not any more.
    if (answer === false) return members === null || rule.each === 'instance' ? unsaid : []
    if (members === null) return unknown
    return members.map(member => judgeMember(answer, facts, member))
  }
  return {
    key: rule.key,
    paths: [...new Set([...(scope?.paths ?? []), ...broken.paths])],
    decide: some => decide(rule, scope, broken, some),
    ageing: ageingOf(rule.each, scope?.paths ?? [], broken.paths),
    evaluate: isOfMembersAlone(rule, scope, broken) ? onceAList(rule, evaluate) : evaluate,
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
/** The values of the facts named. */
type Show = ((facts: Facts, member: Member | null) => unknown[]) & { readonly names: readonly string[] }
type Judge = (inScope: true | null, facts: Facts, member: Member) => Judgement

/**
 * Equal facts, an equal answer, and the same object: whoever writes it knows what it has written before. What is in a list
 * is not compared, so that what asks for one is asked each time.
 */
function judging(rule: RuleText, scope: Expression | null, broken: Expression): Judge {
  const isBroken = remembering(broken, rule)
  const show = picker([...new Set([...(scope?.paths ?? []), ...broken.paths])])
  const known = new Map<string, Judgement>()
  const listsAsked = broken.paths.filter(path => lists.has(path))
  return (inScope, facts, member) => {
    const shown = show(facts, member)
    const isCompared = !listsAsked.some(path => facts[path as keyof Facts] !== undefined)
    const asked = keyOf([inScope, member.part, member.label, ...shown])
    const verdict = isCompared ? null : verdictOf(inScope, isBroken(facts, member))
    const key = verdict === null ? asked : `${verdict} ${asked}`
    const found = known.get(key)
    if (found !== undefined) return found
    const { part, label } = member
    const judged = verdict ?? verdictOf(inScope, isBroken(facts, member))
    const asWas = Object.fromEntries(
      show.names.map((name, at) => [name, name === ageFact ? null : shown[at]]),
    )
    const judgement: Judgement = { rule: rule.key, part, label, verdict: judged, facts: asWas }
    if (known.size >= mostRemembered) known.clear()
    known.set(key, judgement)
    return judgement
  }
}

/** Whether nothing is asked but of the members themselves. */
function isOfMembersAlone({ each }: RuleText, scope: Expression | null, broken: Expression): boolean {
  const isFact = (path: string) => knownRoots.has(path.split('.')[0] ?? '')
  return (each === 'model' || each === 'advisory') && scope === null && !broken.paths.some(isFact)
}

/** Instances that list the same share the list: it is gone through once. */
function onceAList({ each }: RuleText, evaluate: ReadyRule['evaluate']): ReadyRule['evaluate'] {
  const known = new WeakMap<object, readonly Judgement[]>()
  return facts => {
    const list = each === 'model' ? facts.models : facts.advisories
    if (list === undefined) return evaluate(facts)
    const found = known.get(list) ?? evaluate(facts)
    known.set(list, found)
    return found
  }
}

/** Different values never have the same: texts are quoted, so that neither commas nor other kinds of values look alike. */
function keyOf(values: readonly unknown[]): string {
  let key = ''
  for (const value of values) {
    key += typeof value === 'object' || typeof value === 'string' ? `${JSON.stringify(value)},` : `${value},`
  }
  return key
}

const lists = new Set(['endpoints', 'models', 'advisories', 'exceptions'])
const mostRemembered = 20_000

/**
 * An expression that meets an absent fact fails with an error, which takes twenty times as long as an answer: equal facts
 * are asked about once. What is in a list is not compared; an absent one is.
 */
function remembering(expression: Expression, { params }: RuleText): Ask {
  const known = new Map<string, boolean | null>()
  const read = picker(expression.paths)
  const asked = expression.paths.filter(path => lists.has(path))
  return (facts, member) => {
    const ask = () =>
      expression.ask({ ...inputOf(facts, params), ...(member === null ? {} : inputOfMember(member)) })
    if (asked.some(path => facts[path as keyof Facts] !== undefined)) return ask()
    const key = keyOf(read(facts, member))
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
    const members = facts.advisories?.map(advisory => ({
      part: advisory.id,
      label: advisory.id,
      kind: each,
      values: advisory,
    }))
    return members === undefined ? null : [...new Map(members.map(each => [each.part, each])).values()]
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
  const pick = (facts: Facts, member: Member | null) =>
    readers.map(({ root, field }) => {
      const value = root === '' ? member?.values : facts[root as keyof Facts]
      const found = field === undefined ? value : (value as Record<string, unknown> | undefined)?.[field]
      return Array.isArray(found) && typeof found[0] === 'object' ? found.length : (found ?? null)
    })
  return Object.assign(pick, { names: readers.map(({ name }) => name) })
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
