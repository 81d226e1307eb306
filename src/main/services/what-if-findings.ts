import { type Severity, severities } from '#shared/domain/exposure.ts'
import type { Facts } from '#shared/domain/facts.ts'
import { findingStatuses, openStatuses } from '#shared/domain/finding.ts'
import type { PolicyRule } from '#shared/domain/policy.ts'
import type { ReadyRule } from '../governance/evaluate.ts'
import type { SomeFacts } from '../governance/rule-language.ts'
import { type FindingColumns, findingColumns } from '../store/finding-columns.ts'
import { openFindingsAmong } from '../store/risk-counts.ts'
import type { Reading } from './context.ts'
import { factCache, readFacts } from './instance-facts.ts'
import { ownershipBasis } from './ownership.ts'
import { isAskedAt, readyRules } from './policies.ts'

/** What rules would see. */
export interface FactChange {
  /** Facts that change, by path, and roots of which anything may. */
  readonly paths: readonly string[]
  /** How these are afterwards wherever they change. */
  readonly some: SomeFacts
  /** The same for all facts of one instance. */
  readonly apply: (facts: Facts) => Facts
}

export type Difference = Partial<Record<Severity, number>>
type Asked = readonly { readonly rule: PolicyRule; readonly ready: ReadyRule }[]

/**
 * How many findings would be open more or fewer if rules saw changed facts of these instances. A rule that names none of
 * them says what it said. Of most others, what is changed decides by itself: then it is the same for all, and what is open
 * is counted. Only where other facts matter is every instance asked.
 */
export function findingsUnder(reading: Reading, ids: Float64Array, change: FactChange): Difference {
  const touched = rulesTouched(reading, change.paths)
  const difference: Difference = {}
  const add = adding(difference)
  const left = touched.filter(each => {
    const broken = decided(each, change.some)
    if (broken === null) return true
    countDecided(reading, ids, each.rule, broken, add)
    return false
  })
  if (left.length > 0) askEach(reading, [...ids], left, change.apply, add)
  return difference
}

/** The same by asking every rule of every instance. */
export function findingsByAsking(reading: Reading, ids: Float64Array, { apply }: FactChange): Difference {
  const difference: Difference = {}
  askEach(reading, [...ids], askable(reading), apply, adding(difference))
  return difference
}

type Add = (severity: string, by: number) => void

function adding(difference: Difference): Add {
  return (severity, by) => {
    const known = severities.find(each => each === severity) ?? 'none'
    difference[known] = (difference[known] ?? 0) + by
  }
}

/** Leave is asked for by nobody who only wonders. */
function askable({ store }: Reading): Asked {
  return readyRules(store).filter(
    ({ rule: { each, enabled, sites } }) =>
      each !== 'exception' && (enabled || sites.some(site => site.enabled)),
  )
}

function rulesTouched(reading: Reading, changed: readonly string[]): Asked {
  const isChanged = (path: string) =>
    changed.some(each => each === path || path.startsWith(`${each}.`) || each.startsWith(`${path}.`))
  return askable(reading).filter(({ ready }) => ready.paths.some(isChanged))
}

/** Where a rule is not asked everywhere, what it would newly say depends on the place. */
function decided({ rule, ready }: Asked[number], some: SomeFacts): readonly string[] | null {
  const broken = ready.decide(some)
  const isAskedAnywhere = rule.enabled && rule.sites.every(({ enabled }) => enabled)
  return broken === null || (broken.length > 0 && !isAskedAnywhere) ? null : broken
}

const openCodes: ReadonlySet<number> = new Set(openStatuses.map(status => findingStatuses.indexOf(status)))
/** What is not so any more, or stands elsewhere now. */
const over = ['resolved', 'withdrawn', 'merged', 'retired'] as const
const overCodes: ReadonlySet<number> = new Set(over.map(status => findingStatuses.indexOf(status)))

/** Whatever is open and would not be broken closes; what would be and is not yet opens. */
function countDecided(
  { store }: Reading,
  ids: Float64Array,
  { key, each, severity }: PolicyRule,
  broken: readonly string[],
  add: Add,
): void {
  const columns = findingColumns(store)
  const isConcerned = markedOf(ids)
  const code = columns.rules.texts.indexOf(key)
  const labels = new Set(broken.map(part => columns.labels.texts.indexOf(part)))
  const stays = (label: number) => (each === 'instance' ? broken.length > 0 : labels.has(label))
  let standing = 0
  for (let at = 0; at < columns.count; at++) {
    if (columns.rule[at] !== code || isConcerned[columns.instance[at] ?? 0] !== 1) continue
    const status = columns.status[at] ?? 0
    if (stays(columns.label[at] ?? 0)) standing += isStanding(status)
    else if (openCodes.has(status)) add(severities[severityAt(columns, at)] ?? 'none', -1)
  }
  add(severity, broken.length * ids.length - standing)
}

const isStanding = (status: number) => (status < findingStatuses.length && !overCodes.has(status) ? 1 : 0)
const severityAt = ({ severity }: FindingColumns, at: number) => severity[at] ?? severities.length - 1

function markedOf(ids: Float64Array): Uint8Array {
  let most = 0
  for (let index = 0; index < ids.length; index++) most = Math.max(most, ids[index] ?? 0)
  const marks = new Uint8Array(most + 1)
  for (let index = 0; index < ids.length; index++) marks[ids[index] ?? 0] = 1
  return marks
}

const perRead = 500

function askEach(
  { store, now, advisories }: Reading,
  ids: readonly number[],
  asked: Asked,
  change: FactChange['apply'],
  add: Add,
): void {
  const basis = ownershipBasis(store, false)
  const cache = factCache(store, advisories)
  const keys = new Set(asked.map(({ rule }) => rule.key))
  for (let start = 0; start < ids.length; start += perRead) {
    const some = ids.slice(start, start + perRead)
    const open = Map.groupBy(
      openFindingsAmong(store, { ids: JSON.stringify(some) }).filter(({ rule }) => keys.has(rule)),
      each => each.instance_id,
    )
    for (const [id, { record, facts }] of readFacts(store, some, now(), basis, cache)) {
      const here = asked.filter(({ rule }) => isAskedAt(rule, record.site))
      compare(open.get(id) ?? [], brokenParts(here, facts), brokenParts(here, change(facts)), add)
    }
  }
}

type Broken = ReadonlyMap<string, Severity>

/** What is open and not broken any more closes; what was not broken before opens. */
function compare(open: ReturnType<typeof openFindingsAmong>, before: Broken, after: Broken, add: Add): void {
  for (const { rule, part, severity } of open) {
    const key = `${rule}\n${part}`
    if (before.has(key) && !after.has(key)) add(severity, -1)
  }
  for (const [key, severity] of after) if (!before.has(key)) add(severity, 1)
}

function brokenParts(rules: Asked, facts: Facts): Map<string, Severity> {
  const broken = new Map<string, Severity>()
  for (const { rule, ready } of rules) {
    for (const { part, verdict } of ready.evaluate(facts)) {
      if (verdict === 'broken') broken.set(`${rule.key}\n${part}`, rule.severity)
    }
  }
  return broken
}
