import { basename } from 'node:path'
import type { ImportReject, ImportRequest, ImportResult } from '#shared/domain/import.ts'
import type { ImportId } from '#shared/ids.ts'
import type { Entry, Reading as FormatReading, ImportRow } from '../exchange/import-row.ts'
import type { ReadEnd } from '../exchange/read-import.ts'
import type { Judgement } from './import-judge.ts'

/** So many rejects are told at once; every one is on record. */
export const mostRejects = 100_000
const sampleSize = 20

/** What became of the entries so far: read = stored + rejected, at any time. */
export interface Tally {
  readonly read: number
  readonly stored: number
  readonly rejectedCount: number
  readonly rejected: readonly ImportReject[]
  readonly sample: ImportResult['sample']
  /** The reject it is, if it is one. */
  count(entry: Entry, judgement: Judgement): ImportReject | null
}

export function createTally(): Tally {
  const rejected: ImportReject[] = []
  const sample: ImportResult['sample'] = []
  const counts = { read: 0, stored: 0, rejectedCount: 0 }
  return {
    get read() {
      return counts.read
    },
    get stored() {
      return counts.stored
    },
    get rejectedCount() {
      return counts.rejectedCount
    },
    rejected,
    sample,
    count(entry, judgement) {
      counts.read++
      if (typeof judgement !== 'string') {
        counts.stored++
        if ('row' in entry && sample.length < sampleSize) sample.push(shown(entry.row))
        return null
      }
      counts.rejectedCount++
      const text = 'row' in entry ? textOf(entry.row) : entry.text
      const reject = { line: entry.line, reason: judgement, text }
      if (rejected.length < mostRejects) rejected.push(reject)
      return reject
    },
  }
}

function shown(row: ImportRow): ImportResult['sample'][number] {
  const { kind: _, ...fields } = row
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
}

function textOf(row: ImportRow): string {
  if (row.kind === 'candidate') return `${row.address} ${row.port}`
  return row.kind === 'range' ? `${row.block} ${row.site}`.trim() : `${row.instance} ${row.tags.join(', ')}`
}

export function resultOf(
  id: number | null,
  { file }: ImportRequest,
  { format, columns, mapping, fields }: FormatReading,
  { read, stored, rejectedCount, rejected, sample }: Tally,
  { about, digest }: ReadEnd,
): ImportResult {
  const counts = { read, stored, rejectedCount, rejected: [...rejected], sample: [...sample] }
  const table = { columns: [...columns], mapping, fields: [...fields] }
  return { id: id as ImportId | null, file: basename(file), format, ...counts, ...table, about, digest }
}
