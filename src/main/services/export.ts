import { type Exported, type ExportRequest, queriedTables } from '#shared/domain/export.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { writeCsvFile } from '../exchange/csv-writer.ts'
import { writeCycloneDx } from '../exchange/cyclonedx.ts'
import { writeJson } from '../exchange/json-writer.ts'
import type { Sink, Table } from '../exchange/table.ts'
import { writeXlsx } from '../exchange/xlsx.ts'
import { openIds } from '../store/query-open.ts'
import { consistently } from '../store/statement.ts'
import type { Reading } from './context.ts'
import { valueAt } from './export-columns.ts'
import { exportables, type Instances } from './export-tables.ts'
import { readFindingQuery } from './finding-lists.ts'
import { instanceRows } from './instance-rows.ts'
import { queryContext } from './query-context.ts'
import { readQuery } from './read-query.ts'
import { showSettings } from './settings.ts'
import type { Command } from './workspace.ts'

/** Puts what is asked for on record, then lets a thread of its own write the file: nobody waits for it but who asked. */
export const exportTable: Command<ExportRequest, ExportRequest, Exported> = {
  run: (_, request) => {
    const { table, query, format } = request
    const isBom = format === 'cyclonedx'
    if (isBom && table !== 'instances') return fail('export-query', { table })
    if (query.trim() !== '' && !queriedTables.includes(table)) return fail('export-query', { table })
    const condition = table === 'findings' ? readFindingQuery(query) : readQuery(query)
    return condition.ok ? succeed(request) : condition
  },
  after: ({ exporter }, request) => exporter.write(request),
}

/** Writes what a request asks for, as the data are at this instant, however long it takes. Returns how many rows it had. */
export function writeExport(reading: Reading, request: ExportRequest, sink: Sink): Result<number> {
  return consistently(reading.store, () => {
    const instances = instancesOf(reading, request)
    if (!instances.ok) return instances
    return succeed(write(reading, request, instances.value, sink))
  })
}

function instancesOf(reading: Reading, { table, query }: ExportRequest): Result<Instances | null> {
  if (table !== 'instances' && (table !== 'exceptions' || query.trim() === '')) return succeed(null)
  const condition = readQuery(query)
  if (!condition.ok) return condition
  const ids = openIds(queryContext(reading, reading.now()), condition.value, [])
  const members = table === 'instances' ? new Set<number>() : new Set(ids)
  return succeed({ ids, has: id => members.has(id) })
}

function write(reading: Reading, request: ExportRequest, instances: Instances | null, sink: Sink): number {
  const { columns, objects } = exportables[request.table]
  let count = 0
  function* counted(): Iterable<unknown> {
    for (const each of objects(reading, { query: request.query, instances })) {
      count++
      yield each
    }
  }
  const table: Table = {
    title: request.table,
    columns,
    *rows() {
      for (const each of counted()) yield columns.map(({ path, kind }) => valueAt(each, path, kind))
    },
  }
  const { organisation } = showSettings(reading)
  if (request.format === 'json') writeJson(request.table, counted(), sink)
  else if (request.format === 'csv') writeCsvFile(table, request, sink)
  else if (request.format === 'xlsx')
    writeXlsx({ title: request.table, author: organisation, at: reading.now() }, [table], sink)
  else return writeBom(reading, organisation, instances, sink)
  return count
}

const atOnce = 500

function writeBom(reading: Reading, organisation: string, instances: Instances | null, sink: Sink): number {
  const ids = instances?.ids ?? new Float64Array()
  function* rows() {
    for (let start = 0; start < ids.length; start += atOnce)
      yield* instanceRows(reading.store, reading.advisories, [...ids.subarray(start, start + atOnce)])
  }
  writeCycloneDx({ organisation, version: reading.about.version, instances: rows }, sink)
  return ids.length
}
