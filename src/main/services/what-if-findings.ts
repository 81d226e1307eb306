import { type Severity, severities } from '#shared/domain/exposure.ts'
import type { Facts } from '#shared/domain/facts.ts'
import { findingStatuses, openStatuses } from '#shared/domain/finding.ts'
import type { PolicyRule } from '#shared/domain/policy.ts'
import type { ReadyRule } from '../governance/evaluate.ts'
import type { SomeFacts } from '../governance/rule-language.ts'
import { bucketOf, type Shift } from '../governance/tally.ts'
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

type Asked = readonly { readonly rule: PolicyRule; readonly ready: ReadyRule }[]

/**
 * Which findings would open and close if rules saw changed facts of these instances. A rule that names none of
 * them says what it said. Of most others, what is changed decides by itself: then it is the same for all, and what is open
 * is counted. Only where other facts matter is every instance asked.
 */
export function shiftsUnder(reading: Reading, ids: Float64Array, change: FactChange, asOf: number): Shift[] {
  const touched = rulesTouched(reading, change.paths)
  const shifts: Shift[] = []
  const left = touched.filter(each => {
    const broken = decided(each, change.some)
    if (broken === null) return true
    shifts.push(...countDecided(reading, ids, each.rule, broken, asOf))
    return false
  })
  return left.length === 0 ? shifts : [...shifts, ...askEach(reading, [...ids], left, change.apply, asOf)]
}

/** The same by asking every rule of every instance. */
export function shiftsByAsking(
  reading: Reading,
  ids: Float64Array,
  { apply }: FactChange,
  asOf: number,
): Shift[] {
  return askEach(reading, [...ids], askable(reading), apply, asOf)
}

/** Every open finding of these instances closes. */
export function closingOf({ store }: Reading, ids: Float64Array, asOf: number): Shift[] {
  const columns = findingColumns(store)
  const isConcerned = markedOf(ids)
  const counted = counting()
  for (let at = 0; at < columns.count; at++) {
    if (!openCodes.has(columns.status[at] ?? 0) || isConcerned[columns.instance[at] ?? 0] !== 1) continue
    counted.add(openAt(columns, at, asOf), -1)
  }
  return counted.shifts()
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
  asOf: number,
): Shift[] {
  const columns = findingColumns(store)
  const isConcerned = markedOf(ids)
  const code = columns.rules.texts.indexOf(key)
  const labels = new Set(broken.map(part => columns.labels.texts.indexOf(part)))
  const stays = (label: number) => (each === 'instance' ? broken.length > 0 : labels.has(label))
  const counted = counting()
  let standing = 0
  for (let at = 0; at < columns.count; at++) {
    if (columns.rule[at] !== code || isConcerned[columns.instance[at] ?? 0] !== 1) continue
    const status = columns.status[at] ?? 0
    if (stays(columns.label[at] ?? 0)) standing += isStanding(status)
    else if (openCodes.has(status)) counted.add(openAt(columns, at, asOf), -1)
  }
  counted.add({ rule: key, severity, bucket: 'open' }, broken.length * ids.length - standing)
  return counted.shifts()
}

type Counted = Omit<Shift, 'by'>

/** Adds up what is alike. */
function counting() {
  const sums = new Map<string, Shift>()
  return {
    add(counted: Counted, by: number) {
      const key = `${counted.rule}\n${counted.severity}\n${counted.bucket}`
      sums.set(key, { ...counted, by: (sums.get(key)?.by ?? 0) + by })
    },
    shifts: () => [...sums.values()].filter(({ by }) => by !== 0),
  }
}

function openAt(columns: FindingColumns, at: number, asOf: number): Counted {
  const dueAt = (columns.dueAt[at] ?? 0) * 1000
  const status = findingStatuses[columns.status[at] ?? 0] ?? 'open'
  return {
    rule: columns.rules.texts[columns.rule[at] ?? 0] ?? '',
    severity: severities[columns.severity[at] ?? severities.length - 1] ?? 'none',
    bucket: bucketOf(status, dueAt !== 0 && dueAt < asOf),
  }
}

const isStanding = (status: number) => (status < findingStatuses.length && !overCodes.has(status) ? 1 : 0)
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
  asOf: number,
): Shift[] {
  const basis = ownershipBasis(store, false)
  const cache = factCache(store, advisories)
  const keys = new Set(asked.map(({ rule }) => rule.key))
  const counted = counting()
  for (let start = 0; start < ids.length; start += perRead) {
    const some = ids.slice(start, start + perRead)
    const open = Map.groupBy(
      openFindingsAmong(store, { ids: JSON.stringify(some) }).filter(({ rule }) => keys.has(rule)),
      each => each.instance_id,
    )
    for (const [id, { record, facts }] of readFacts(store, some, now(), basis, cache)) {
      const here = asked.filter(({ rule }) => isAskedAt(rule, record.site))
      const shifts = compare(
        open.get(id) ?? [],
        brokenParts(here, facts),
        brokenParts(here, change(facts)),
        asOf,
      )
      for (const { by, ...shift } of shifts) counted.add(shift, by)
    }
  }
  return counted.shifts()
}

/** What is broken, `rule\npart`, and how badly. */
type Broken = ReadonlyMap<string, Severity>

/** What is open and not broken any more closes; what was not broken before opens. */
function compare(
  open: ReturnType<typeof openFindingsAmong>,
  before: Broken,
  after: Broken,
  asOf: number,
): Shift[] {
  const closing = open.filter(({ rule, part }) => {
    const key = `${rule}\n${part}`
    return before.has(key) && !after.has(key)
  })
  const opening = [...after].filter(([key]) => !before.has(key))
  return [
    ...closing.map(({ rule, severity, status, due_at }) => ({
      rule,
      severity: severities.find(each => each === severity) ?? 'none',
      bucket: bucketOf(status, due_at !== null && due_at < asOf),
      by: -1,
    })),
    ...opening.map(([key, severity]) => ({
      rule: key.slice(0, key.indexOf('\n')),
      severity,
      bucket: 'open' as const,
      by: 1,
    })),
  ]
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
