import { type Severity, severities } from '#shared/domain/exposure.ts'
import type { Facts } from '#shared/domain/facts.ts'
import { openFindingsAmong } from '../store/risk-counts.ts'
import type { Reading } from './context.ts'
import { factCache, readFacts } from './instance-facts.ts'
import { ownershipBasis } from './ownership.ts'
import { isAskedAt, readyRules } from './policies.ts'

export type FactChange = (facts: Facts) => Facts

const perRead = 500

/** How many findings would be open more or fewer if rules saw changed facts. */
export function findingsUnder(
  reading: Reading,
  ids: readonly number[],
  change: FactChange,
): Partial<Record<Severity, number>> {
  const { store, now, advisories } = reading
  // Leave is asked for by nobody who only wonders.
  const rules = readyRules(store).filter(({ rule }) => rule.each !== 'exception')
  const basis = ownershipBasis(store, false)
  const cache = factCache(store, advisories)
  const difference: Partial<Record<Severity, number>> = {}
  const add = (severity: string, by: number) => {
    const known = severities.find(each => each === severity) ?? 'none'
    difference[known] = (difference[known] ?? 0) + by
  }
  for (let start = 0; start < ids.length; start += perRead) {
    const some = ids.slice(start, start + perRead)
    const open = Map.groupBy(
      openFindingsAmong(store, { ids: JSON.stringify(some) }),
      each => each.instance_id,
    )
    for (const [id, { record, facts }] of readFacts(store, some, now(), basis, cache)) {
      const asked = rules.filter(({ rule }) => isAskedAt(rule, record.site))
      const before = brokenParts(asked, facts)
      const after = brokenParts(asked, change(facts))
      compare(open.get(id) ?? [], before, after, add)
    }
  }
  return difference
}

type Broken = ReadonlyMap<string, Severity>

/** What is open and not broken any more closes; what was not broken before opens. */
function compare(
  open: ReturnType<typeof openFindingsAmong>,
  before: Broken,
  after: Broken,
  add: (severity: string, by: number) => void,
): void {
  for (const { rule, part, severity } of open) {
    const key = `${rule}\n${part}`
    if (before.has(key) && !after.has(key)) add(severity, -1)
  }
  for (const [key, severity] of after) if (!before.has(key)) add(severity, 1)
}

function brokenParts(rules: ReturnType<typeof readyRules>, facts: Facts): Map<string, Severity> {
  const broken = new Map<string, Severity>()
  for (const { rule, ready } of rules) {
    for (const { part, verdict } of ready.evaluate(facts)) {
      if (verdict === 'broken') broken.set(`${rule.key}\n${part}`, rule.severity)
    }
  }
  return broken
}
