import { formatBlock, parseBlock } from '#shared/domain/address-block.ts'
import type { ImportMapping, ImportReason } from '#shared/domain/import.ts'
import { cellReader, type Headings } from './csv-columns.ts'
import { CsvReader, plainCell } from './csv-reader.ts'
import { cut, type FormatReader, type RangeRow, type Sink } from './import-row.ts'

/** NetBox's export of prefixes, phpIPAM's of subnets, and tables people keep by hand. */
export const rangeHeadings: Headings = {
  block: [
    'prefix',
    'cidr',
    'block',
    'range',
    'network',
    'subnet',
    'netz',
    'netzwerk',
    'bereich',
    'adressbereich',
    'iprange',
  ],
  length: ['mask', 'bitmask', 'prefixlength', 'masklen', 'maske'],
  first: ['first', 'start', 'from', 'startaddress', 'startip', 'von'],
  last: ['last', 'end', 'to', 'endaddress', 'endip', 'bis'],
  site: ['site', 'location', 'scope', 'standort', 'section', 'ort'],
  zone: ['zone', 'role', 'rolle'],
  contact: ['contact', 'contacts', 'owner', 'tenant', 'kontakt', 'ansprechpartner', 'verantwortlich'],
  note: ['description', 'note', 'comment', 'comments', 'beschreibung', 'bemerkung', 'kommentar', 'name'],
  status: ['status', 'state'],
}

/** NetBox's: holds other prefixes and is no network itself; given up. */
const notUsed: Readonly<Record<string, ImportReason>> = {
  container: 'range-container',
  deprecated: 'range-retired',
}

export function openRangeCsv(
  table: {
    readonly columns: readonly string[]
    readonly mapping: ImportMapping
    readonly delimiter: string
    readonly hasHead: boolean
  },
  sink: Sink,
): FormatReader {
  const { columns, mapping, hasHead } = table
  const cell = cellReader(columns, mapping)
  let isHead = hasHead
  return new CsvReader(table.delimiter, {
    row(line, cells) {
      if (isHead) {
        isHead = false
        return
      }
      const read =
        hasHead && cells.length !== columns.length
          ? 'field-count'
          : readRange(field => plainCell(cell(cells, field)))
      if (typeof read === 'string') sink.reject(line, read, cut(cells.join(', ')))
      else sink.row(line, read)
    },
    reject: sink.reject,
  })
}

function readRange(cell: (field: string) => string): RangeRow | ImportReason {
  const unused = notUsed[cell('status').toLowerCase()]
  if (unused !== undefined) return unused
  const text = blockText(cell)
  if (text === '') return 'range-missing'
  const block = parseBlock(text)
  if (!block.ok) return block.failure.code as 'range-malformed' | 'range-host-bits' | 'range-reversed'
  const site = cell('site')
  if (site.length > 120) return 'site-too-long'
  return {
    kind: 'range',
    block: formatBlock(block.value),
    site,
    zone: cell('zone').toLowerCase(),
    contact: cell('contact').slice(0, 300),
    note: cell('note').slice(0, 1000),
  }
}

function blockText(cell: (field: string) => string): string {
  const [block, length, first, last] = [cell('block'), cell('length'), cell('first'), cell('last')]
  if (block === '') return first === '' || last === '' ? first : `${first}-${last}`
  return length === '' || block.includes('/') ? block : `${block}/${length.replace('/', '')}`
}
