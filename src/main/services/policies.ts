import { severities } from '#shared/domain/exposure.ts'
import type { Facts } from '#shared/domain/facts.ts'
import {
  type PolicyEdit,
  PolicyPack,
  type PolicyRule,
  type PolicyTest,
  type RulePreview,
  type RuleProblem,
  type RuleTest,
} from '#shared/domain/policy.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type ReadyRule, readRule, verdictOfCase } from '../governance/evaluate.ts'
import { markAllStale } from '../store/findings.ts'
import { instanceIds } from '../store/instances.ts'
import * as policies from '../store/policies.ts'
import { siteByName } from '../store/sites.ts'
import { type ReadableStore, transaction, type WritableStore } from '../store/statement.ts'
import { appendAudit } from './audit-chain.ts'
import type { Reading, Transaction } from './context.ts'
import type { RandomBytes } from './identity.ts'
import { factCache, readFacts } from './instance-facts.ts'
import { ownershipBasis } from './ownership.ts'
import { readQuery } from './read-query.ts'
import { keepVersions } from './rule-versions.ts'
import { listRules, type StoredRule } from './rules-in-force.ts'

export const ownPack = 'own'

export function showRule(reading: Reading, key: string): Result<PolicyRule> {
  const rule = listRules(reading).find(each => each.key === key)
  return rule === undefined ? fail('rule-unknown', { rule: key }) : succeed(rule)
}

/** Whether a rule is asked at a site. */
export function isAskedAt({ enabled, sites }: PolicyRule, site: string): boolean {
  const own = sites.find(each => each.site.toLowerCase() === site.toLowerCase())
  return own?.enabled ?? enabled
}

/** Changes what is set for a rule: everywhere, or at one site. */
export function editPolicy(transaction: Transaction, edit: PolicyEdit): Result<PolicyRule> {
  const { store, changed } = transaction
  const before = listRules(transaction).find(({ key }) => key === edit.key)
  if (before === undefined) return fail('rule-unknown', { rule: edit.key })
  const terms = readEdit(transaction, before, edit)
  if (!terms.ok) return terms
  const { site, params } = terms.value
  policies.keepPolicySetting(store, {
    key: edit.key,
    site,
    enabled: edit.enabled === undefined ? null : Number(edit.enabled),
    severity: edit.severity ?? null,
    params,
    scope: edit.scopeQuery?.trim() ?? null,
  })
  const after = listRules(transaction).find(({ key }) => key === edit.key)
  if (after === undefined) throw new Error(`rule ${edit.key} was just there and is gone`)
  changed(`rule ${edit.key}`, settingsOf(before), settingsOf(after))
  keepVersions(transaction, [edit.key])
  markAllStale(store, { all: 1 })
  return succeed(after)
}

/** What is to be set, checked. */
function readEdit(
  { store }: Transaction,
  before: PolicyRule,
  edit: PolicyEdit,
): Result<{ readonly site: string; readonly params: string | null }> {
  if (edit.severity !== undefined && !['critical', 'high', 'medium', 'low'].includes(edit.severity)) {
    const known = severities.filter(severity => severity !== 'none').join(', ')
    return fail('severity-unknown', { severity: edit.severity, severities: known })
  }
  const params = readParams(before, edit)
  if (!params.ok) return params
  const site = edit.site === undefined ? undefined : siteByName(store, { name: edit.site })
  if (edit.site !== undefined && site === undefined) return fail('site-unknown', { site: edit.site })
  const isWhole = edit.severity !== undefined || edit.params !== undefined || edit.scopeQuery !== undefined
  if (site !== undefined && isWhole) return fail('policy-not-per-site', { rule: edit.key })
  const scope = readQuery(edit.scopeQuery ?? '')
  if (!scope.ok) return scope
  return succeed({ site: site?.name ?? '', params: params.value })
}

function settingsOf({ enabled, severity, params, sites, scopeQuery }: PolicyRule) {
  return { enabled, severity, params, sites, scopeQuery }
}

/** Only parameters the rule has, and of their kind: anything else would be said to nobody. */
function readParams(rule: PolicyRule, { params }: PolicyEdit): Result<string | null> {
  if (params === undefined) return succeed(null)
  for (const [name, value] of Object.entries(params)) {
    const known = rule.params[name]
    if (known === undefined || typeof known !== typeof value) {
      const parameters = Object.entries(rule.params).map(([each, now]) => `${each}=${now}`)
      return fail('parameter-unknown', {
        rule: rule.key,
        parameter: name,
        parameters: parameters.join(', ') || '–',
      })
    }
  }
  return succeed(JSON.stringify({ ...rule.params, ...params }))
}

/** Takes own rules over from a file's text, if all of them can be asked and their cases hold. */
export function addRules(
  transaction: Transaction,
  { text }: { readonly text: string },
): Result<PolicyRule[]> {
  const read = readRules(text)
  if (!read.ok) return read
  const tested = read.value.rules.map(rule => testRule(rule))
  const failed = tested.find(({ passed }) => !passed)
  if (failed !== undefined) return fail('rule-fails', { rule: failed.key, problem: whatFails(failed) })
  const { store, changed } = transaction
  const known = new Map(policies.listPolicyRules(store, {}).map(each => [each.key, each]))
  for (const rule of read.value.rules) {
    const before = known.get(rule.key)
    if (before !== undefined && before.pack !== ownPack)
      return fail('rule-of-pack', { rule: rule.key, pack: before.pack })
    policies.keepPolicyRule(store, { key: rule.key, pack: ownPack, edition: '', body: JSON.stringify(rule) })
    changed(`rule ${rule.key}`, before === undefined ? null : JSON.parse(before.body), rule)
  }
  markAllStale(store, { all: 1 })
  const keys = new Set(read.value.rules.map(({ key }) => key))
  keepVersions(transaction, [...keys])
  return succeed(listRules(transaction).filter(({ key }) => keys.has(key)))
}

function whatFails({ problem, cases }: RuleTest): string {
  if (problem !== null) return problem.message
  const wrong = cases.find(({ passed }) => !passed)
  return wrong === undefined ? '' : `${wrong.name}: ${wrong.found}`
}

/** Runs the cases of the rules in a file's text, and asks them of every instance known now. */
export function testPolicy(reading: Reading, { text }: { readonly text: string }): Result<PolicyTest> {
  const read = readRules(text)
  if (!read.ok) return read
  const rules = read.value.rules.map(rule => testRule(rule))
  const ready = read.value.rules.map(rule => readRule({ ...rule, scope: rule.scope ?? null }))
  const previews = preview(reading, ready)
  return succeed({
    passed: rules.every(({ passed }) => passed),
    rules: rules.map((rule, index) => ({ ...rule, preview: previews[index] ?? null })),
  })
}

export function testRule(rule: StoredRule): RuleTest {
  const ready = readRule({ ...rule, scope: rule.scope ?? null })
  if ('field' in ready) return { key: rule.key, passed: false, problem: ready, cases: [], preview: null }
  const cases = rule.cases.map(each => {
    const found = verdictOfCase(ready, each)
    return { name: each.name, expected: each.expect, found, passed: found === each.expect }
  })
  return { key: rule.key, passed: cases.every(({ passed }) => passed), problem: null, cases, preview: null }
}

/** How often each rule would fire now. An instance counts once, however many of its models break the rule. */
function preview(
  { store, now, advisories }: Reading,
  rules: readonly (ReadyRule | RuleProblem)[],
): (RulePreview | null)[] {
  const counts = rules.map(rule => ('field' in rule ? null : { broken: 0, unknown: 0, instances: 0 }))
  const basis = ownershipBasis(store, false)
  const cache = factCache(store, advisories)
  const ids = instanceIds(store, {}).map(({ id }) => id)
  for (let start = 0; start < ids.length; start += atOnce) {
    for (const { facts } of readFacts(
      store,
      ids.slice(start, start + atOnce),
      now(),
      basis,
      cache,
    ).values()) {
      for (const [index, rule] of rules.entries()) countVerdict(counts[index] ?? null, rule, facts)
    }
  }
  return counts
}

const atOnce = 500

function countVerdict(count: RulePreview | null, rule: ReadyRule | RuleProblem, facts: Facts): void {
  if (count === null || 'field' in rule) return
  const verdicts = rule.evaluate(facts).map(({ verdict }) => verdict)
  count.instances++
  if (verdicts.includes('broken')) count.broken++
  else if (verdicts.includes('unknown')) count.unknown++
}

interface ReadRules {
  readonly rules: readonly StoredRule[]
}

/** A pack, a list of rules, or one rule, as JSON. */
export function readRules(text: string): Result<ReadRules> {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    return fail('policy-malformed', { problem: error instanceof Error ? error.message : String(error) })
  }
  const wrapped = Array.isArray(content)
    ? { pack: ownPack, edition: '1', rules: content }
    : typeof content === 'object' && content !== null && 'rules' in content
      ? { pack: ownPack, edition: '1', ...content }
      : { pack: ownPack, edition: '1', rules: [content] }
  const pack = PolicyPack.safeParse(wrapped)
  if (!pack.success) {
    const [issue] = pack.error.issues
    return fail('policy-malformed', { problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` })
  }
  return succeed({ rules: withRemedies(pack.data) })
}

function withRemedies({ rules, remedies }: PolicyPack): StoredRule[] {
  return rules.map(({ remedy, ...rule }) => ({
    ...rule,
    remedy: typeof remedy === 'string' ? (remedies[remedy] ?? {}) : remedy,
  }))
}

interface Loading {
  readonly store: WritableStore
  readonly now: () => number
  readonly randomBytes: RandomBytes
  readonly about: { readonly actor: string }
}

/** Takes delivered packs over: what came with this version of Paddock holds, with what was set for it here. */
export function loadPacks({ store, now, randomBytes, about }: Loading, texts: readonly string[]): void {
  transaction(store, () => {
    for (const text of texts) {
      const pack = PolicyPack.parse(JSON.parse(text))
      const before = policies.listPolicyRules(store, {}).filter(each => each.pack === pack.pack)
      const bodies = new Map(withRemedies(pack).map(rule => [rule.key, JSON.stringify(rule)]))
      const gone = before.filter(({ key }) => !bodies.has(key))
      const fresh = [...bodies].filter(([key, body]) => before.find(each => each.key === key)?.body !== body)
      if (gone.length + fresh.length === 0) continue
      for (const { key } of gone) policies.removePolicyRule(store, { key })
      for (const [key, body] of fresh)
        policies.keepPolicyRule(store, { key, pack: pack.pack, edition: pack.edition, body })
      keepVersions(
        { store, now: now(), actor: about.actor },
        fresh.map(([key]) => key),
      )
      const keys = (list: readonly string[]) =>
        JSON.stringify({ pack: pack.pack, edition: pack.edition, rules: list })
      const values = [
        { name: 'actor', value: about.actor },
        { name: 'account', value: about.actor },
        { name: 'result', value: keys([...fresh.map(([key]) => key), ...gone.map(({ key }) => `-${key}`)]) },
      ] as const
      appendAudit(store, { at: now(), command: 'policy.delivered', outcome: 'done', values }, randomBytes)
      markAllStale(store, { all: 1 })
    }
  })
}

/** Rules ready to be asked: read once for many instances. A rule that cannot be read is asked of nobody. */
export function readyRules(store: ReadableStore): { readonly rule: PolicyRule; readonly ready: ReadyRule }[] {
  return listRules({ store }).flatMap(rule => {
    const ready = readRule(rule)
    return 'field' in ready ? [] : [{ rule, ready }]
  })
}
