import type { Facts } from '#shared/domain/facts.ts'
import { findingStatuses, openStatuses } from '#shared/domain/finding.ts'
import type { PreviewPiece, PreviewRequest, RuleCount } from '#shared/domain/rule-preview.ts'
import { type Result, succeed } from '#shared/result.ts'
import { type ReadyRule, readRule } from '../governance/evaluate.ts'
import { findingColumns } from '../store/finding-columns.ts'
import { groupsOf } from '../store/finding-groups.ts'
import { instanceIds } from '../store/instances.ts'
import { answeredSpells, countUnknown, foundAmong } from '../store/rule-versions.ts'
import { consistently, type ReadableStore } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { factCache, factsShown, type JudgedInstance, readFacts } from './instance-facts.ts'
import { ownershipBasis } from './ownership.ts'
import { readRules, testRule } from './policies.ts'
import { queryContext } from './query-context.ts'
import { readQuery } from './read-query.ts'

/** What a rule says of the next so many instances, now and since an instant. */
export function previewRule(reading: Reading, request: PreviewRequest): Result<PreviewPiece> {
  const read = readRules(request.text)
  if (!read.ok) return read
  const [rule] = read.value.rules
  if (rule === undefined) throw new Error('a policy has at least one rule')
  const scope = readQuery(request.scope)
  if (!scope.ok) return scope
  const test = testRule(rule)
  const ready = readRule({ ...rule, scope: rule.scope ?? null })
  const none = { instances: 0, broken: 0, unknown: 0, times: 0, next: null, total: 0 }
  if ('field' in ready) return succeed({ test, ...none })
  const { store } = reading
  return consistently(store, () => {
    const all = instanceIds(store, {}).map(({ id }) => id)
    const start = all.findIndex(id => id > request.after)
    const ids = start === -1 ? [] : all.slice(start, start + request.limit)
    const found =
      request.scope === '' ? ids : [...foundAmong(queryContext(reading, reading.now()), scope.value, ids)]
    const isLast = start === -1 || start + request.limit >= all.length
    const next = isLast ? null : (ids.at(-1) ?? null)
    return succeed({
      test,
      ...judge(reading, ready, found, Date.parse(request.since)),
      next,
      total: all.length,
    })
  })
}

function judge(reading: Reading, rule: ReadyRule, ids: readonly number[], since: number) {
  const { store, now, advisories } = reading
  const basis = ownershipBasis(store, false)
  const cache = factCache(store, advisories)
  const counts = { instances: 0, broken: 0, unknown: 0, times: 0 }
  const instances = [...readFacts(store, ids, now(), basis, cache).values()]
  const past = pastSnapshots(store, instances, since)
  for (const instance of instances) {
    const verdict = verdictOf(rule, instance.facts)
    counts.instances++
    if (verdict !== 'satisfied') counts[verdict]++
    const then = (snapshot: number) => factsShown({ store, now: now(), basis, cache }, instance, snapshot)
    counts.times += timesBroken(rule, past.get(instance.endpoints[0]?.id ?? 0) ?? [], then)
  }
  return counts
}

function verdictOf(rule: ReadyRule, facts: Facts): 'broken' | 'unknown' | 'satisfied' {
  const verdicts = rule.evaluate(facts).map(({ verdict }) => verdict)
  return (['broken', 'unknown'] as const).find(each => verdicts.includes(each)) ?? 'satisfied'
}

/** What the leading way in of each instance showed, one after the other. */
function pastSnapshots(
  store: ReadableStore,
  instances: readonly JudgedInstance[],
  since: number,
): Map<number, number[]> {
  const ids = JSON.stringify(instances.flatMap(({ endpoints }) => endpoints[0]?.id ?? []))
  const past = new Map<number, number[]>()
  for (const { endpoint_id, snapshot_id } of answeredSpells(store, { ids, since })) {
    const list = past.get(endpoint_id) ?? []
    if (snapshot_id !== null && list.at(-1) !== snapshot_id) list.push(snapshot_id)
    past.set(endpoint_id, list)
  }
  return past
}

/** How often it came to be broken. What could not be decided changes nothing. */
function timesBroken(
  rule: ReadyRule,
  snapshots: readonly number[],
  factsOf: (snapshot: number) => Facts,
): number {
  let times = 0
  let isBroken = false
  for (const snapshot of snapshots) {
    const verdict = verdictOf(rule, factsOf(snapshot))
    if (verdict === 'broken' && !isBroken) times++
    if (verdict !== 'unknown') isBroken = verdict === 'broken'
  }
  return times
}

const breaking = new Set<number>(
  ([...openStatuses, 'excepted'] as const).map(status => findingStatuses.indexOf(status)),
)

/** At how many instances each rule is broken, and for how many it could not be decided, as they were last judged. */
export function countRules({ store }: Reading): RuleCount[] {
  return consistently(store, () => {
    const columns = findingColumns(store)
    const { places, start } = groupsOf(columns)
    const broken = new Map<string, number>()
    let counted = -1
    for (let index = 0; index < places.length; index++) {
      const at = places[index] ?? 0
      const group = start[at] ?? 0
      if (group === counted || !breaking.has(columns.status[at] ?? -1)) continue
      counted = group
      const rule = columns.rules.texts[columns.rule[at] ?? 0] ?? ''
      broken.set(rule, (broken.get(rule) ?? 0) + 1)
    }
    const unknown = new Map(countUnknown(store, {}).map(({ key, count }) => [key, count]))
    return [...new Set([...broken.keys(), ...unknown.keys()])].map(key => ({
      key,
      broken: broken.get(key) ?? 0,
      unknown: unknown.get(key) ?? 0,
    }))
  })
}
