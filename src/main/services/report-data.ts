import { createHash } from 'node:crypto'
import type { Exception } from '#shared/domain/exception.ts'
import type { Severity } from '#shared/domain/exposure.ts'
import type { PolicyRule } from '#shared/domain/policy.ts'
import type { ReportInput, ReportRequest } from '#shared/domain/report.ts'
import { type Result, succeed } from '#shared/result.ts'
import { openStatuses, type ReportData, type RuleCount } from '../reports/data.ts'
import { countByProduct, countInventory, countOwned, tallyFindings } from '../store/report-reads.ts'
import type { ReadableStore } from '../store/statement.ts'
import { showAllowList } from './allow-list.ts'
import type { Reading } from './context.ts'
import { listExceptions } from './exceptions.ts'
import { assessWith, dataAsOf, findFramework, readFrameworks, readTallies } from './framework-assess.ts'
import type { ShelvedPack } from './framework-shelf.ts'
import { findOwner } from './owners.ts'
import { readBrand } from './report-brand.ts'
import { readCoverage } from './report-coverage.ts'
import { findingLines, toolLines } from './report-lines.ts'
import { type ShowName, showNames } from './report-people.ts'
import { listRules } from './rules-in-force.ts'
import { showSettings } from './settings.ts'

/** Everything a report of this kind is made from; long lists are read when they are asked for. */
export function readReportData(reading: Reading, request: ReportRequest): Result<ReportData> {
  const { store, about, frameworks, advisories } = reading
  const pack =
    request.framework === null ? null : findFramework(readFrameworks(frameworks).packs, request.framework)
  if (pack !== null && !pack.ok) return pack
  const owner = request.owner === null ? null : findOwner(store, request.owner)
  if (owner !== null && !owner.ok) return owner
  const asOf = dataAsOf(store)
  const show = showNames(store, request.pseudonymise)
  const coverage = readCoverage(store, asOf)
  const rules = listRules({ store })
  const tallies = readTallies(store, asOf)
  const scanned = { scanned: coverage.scanCount > 0, complete: coverage.complete }
  const { edition } = advisories.inForce(store)
  return succeed({
    request,
    asOf,
    ...showSettings({ store }),
    paddock: about.version,
    inputs: inputsOf(rules, edition.about, pack?.value ?? null),
    brand: readBrand(store),
    inventory: readInventory(store),
    products: countByProduct(store, {}),
    rules: countRules(store, rules, tallies, asOf),
    coverage: {
      ...coverage,
      ranges: coverage.ranges.map(range => ({ ...range, authorisedBy: show(range.authorisedBy) })),
    },
    allowList: showAllowList(),
    assessment: pack === null ? null : assessWith(pack.value, tallies, scanned, asOf),
    exceptions: listExceptions({ ...reading, now: () => asOf }).map(each => withNames(each, show)),
    owner: owner === null ? null : show(owner.value.name),
    findings: () => findingLines(store, show, owner?.value.id ?? null),
    toolInstances: () => toolLines(reading, show),
  })
}

function withNames(exception: Exception, show: ShowName): Exception {
  const { owner, requestedBy, decidedBy } = exception
  return { ...exception, owner: show(owner), requestedBy: show(requestedBy), decidedBy: show(decidedBy) }
}

function readInventory(store: ReadableStore): ReportData['inventory'] {
  const counts = countInventory(store, {})
  return {
    instances: counts?.instances ?? 0,
    present: counts?.present ?? 0,
    open: counts?.open ?? 0,
    accessUnknown: counts?.access_unknown ?? 0,
    tools: counts?.tools ?? 0,
    toolsUnknown: counts?.tools_unknown ?? 0,
    toolsOpen: counts?.tools_open ?? 0,
    imitations: counts?.imitations ?? 0,
    owned: countOwned(store, {})?.owned ?? 0,
  }
}

/** By rule and severity: a rule's findings keep the severity they were opened with until they are judged anew. */
function countRules(
  store: ReadableStore,
  rules: readonly PolicyRule[],
  tallies: ReturnType<typeof readTallies>,
  asOf: number,
): RuleCount[] {
  const byKey = new Map(rules.map(rule => [rule.key, rule]))
  const counts = new Map<string, { -readonly [K in keyof RuleCount]: RuleCount[K] }>()
  for (const { rule: key, severity, status, overdue, count } of tallyFindings(store, { now: asOf })) {
    const known = counts.get(key) ?? {
      rule: byKey.get(key) ?? null,
      key,
      severity: severity as Severity,
      open: 0,
      overdue: 0,
      excepted: 0,
      unknown: tallies.get(key)?.unknown ?? 0,
      dormant: 0,
    }
    counts.set(key, known)
    if (status === 'excepted') known.excepted += count
    else if (status === 'dormant') known.dormant += count
    else if (openStatuses.has(status)) {
      known.open += count
      known.overdue += overdue * count
    }
  }
  for (const rule of rules) {
    const { key, severity } = rule
    const unknown = tallies.get(key)?.unknown ?? 0
    if (!counts.has(key))
      counts.set(key, { rule, key, severity, open: 0, overdue: 0, excepted: 0, unknown, dormant: 0 })
  }
  return [...counts.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}

function sha256(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}

function inputsOf(
  rules: readonly PolicyRule[],
  advisories: { readonly dataVersion: number; readonly date: string; readonly digest: string },
  pack: ShelvedPack | null,
): ReportInput[] {
  const packs = Map.groupBy(rules, rule => rule.pack)
  return [
    ...[...packs].map(([name, own]) => ({
      name: `policy:${name}`,
      version: own[0]?.edition || '–',
      sha256: sha256(own.map(({ key, revision, enabled, severity }) => [key, revision, enabled, severity])),
    })),
    {
      name: 'advisories',
      version: `${advisories.dataVersion} (${advisories.date})`,
      sha256: advisories.digest,
    },
    { name: 'allow-list', version: `${showAllowList().length}`, sha256: sha256(showAllowList()) },
    ...(pack === null
      ? []
      : [
          {
            name: `framework:${pack.pack.framework}`,
            version: `${pack.pack.packVersion}`,
            sha256: pack.about.digest,
          },
        ]),
  ]
}
