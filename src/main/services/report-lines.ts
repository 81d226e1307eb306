import type { Severity } from '#shared/domain/exposure.ts'
import type { FindingStatus } from '#shared/domain/finding.ts'
import type { FindingLine, ToolLine } from '../reports/data.ts'
import { type StreamedFinding, streamFindings } from '../store/report-reads.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { subjectOf } from './findings.ts'
import { instanceRows } from './instance-rows.ts'
import { openQuery } from './open-queries.ts'
import { leading, ownershipBasis, ownershipsOf } from './ownership.ts'
import { readQuery } from './read-query.ts'
import type { ShowName } from './report-people.ts'

/** Findings that stand, one by one; only those of one owner, if one is named. */
export function* findingLines(
  store: ReadableStore,
  show: ShowName,
  owner: number | null,
): Generator<FindingLine> {
  const ownerOf = ownerReader(store)
  for (const record of streamFindings(store, {})) {
    const answering = ownerOf(record)
    if (owner !== null && answering?.id !== owner) continue
    const subject = subjectOf(record)
    yield {
      id: record.id,
      instance: record.instance_id,
      site: record.site,
      address: record.address,
      port: record.port,
      rule: record.rule,
      subject: subject === 'instance' ? '' : subject,
      severity: record.severity as Severity,
      status: record.status as FindingStatus,
      openedAt: record.opened_at,
      dueAt: record.due_at,
      seenAt: record.seen_at,
      owner: show(answering?.name ?? null),
    }
  }
}

/** So many instances' owners are remembered: findings of one instance stand near each other only by chance. */
const mostRemembered = 20_000

function ownerReader(store: ReadableStore) {
  const basis = ownershipBasis(store, false)
  const known = new Map<number, { readonly id: number | null; readonly name: string } | null>()
  return ({ instance_id: id, site, site_id, address }: StreamedFinding) => {
    const found = known.get(id)
    if (found !== undefined) return found
    if (known.size >= mostRemembered) known.clear()
    const ownership = leading(ownershipsOf(store, { id, site, site_id, address }, basis))
    const owner =
      ownership === undefined || ownership.owner === null
        ? null
        : { id: ownership.ownerId, name: ownership.owner }
    known.set(id, owner)
    return owner
  }
}

const atOnce = 500

/** Tool-calling capable instances, the most open first. */
export function* toolLines(reading: Reading, show: ShowName): Generator<ToolLine> {
  const condition = readQuery('tools:yes')
  if (!condition.ok) throw new Error('the query for tool-calling instances cannot be read')
  const { ids } = openQuery(reading, 'tools:yes', condition.value, [{ column: 'access', descending: false }])
  for (let start = 0; start < ids.length; start += atOnce) {
    const rows = instanceRows(reading.store, reading.advisories, [...ids.subarray(start, start + atOnce)])
    for (const row of rows) {
      yield {
        instance: row.id,
        site: row.site,
        zone: row.zone,
        address: row.address,
        port: row.port,
        product: row.product,
        version: row.version,
        access: row.access,
        cors: row.cors,
        presence: row.presence,
        models: (row.models ?? [])
          .filter(({ capabilities }) => capabilities?.includes('tools') === true)
          .map(({ name }) => name),
        owner: show(row.owner),
        lastSeenAt: Date.parse(row.lastSeenAt),
      }
    }
  }
}
