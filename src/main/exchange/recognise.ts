import { parseBlock } from '#shared/domain/address-block.ts'
import type { ImportFormat, ImportMapping } from '#shared/domain/import.ts'
import { type Headings, mapColumns } from './csv-columns.ts'
import { guessDelimiter, splitLine } from './csv-reader.ts'
import type { Reading, Sink } from './import-row.ts'
import { MasscanJson } from './masscan-json.ts'
import { MasscanList } from './masscan-list.ts'
import { NmapXml } from './nmap-xml.ts'
import { openRangeCsv, rangeHeadings } from './range-csv.ts'
import { openTagCsv, tagHeadings } from './tag-csv.ts'

const ownerHeadings: Headings = {
  name: ['name', 'displayname', 'fullname', 'owner', 'anzeigename', 'besitzer', 'eigentümer', 'team'],
  person: [
    'email',
    'mail',
    'emailaddress',
    'externalid',
    'employeeid',
    'department',
    'abteilung',
    'personalnummer',
    'userprincipalname',
    'kind',
  ],
}

export type Recognised = Reading | { readonly format: 'owners' }

/** How a file is to be read, told from its beginning; null: it is none that is understood. */
export function recognise(
  head: string,
  given: { readonly format?: ImportFormat | undefined; readonly mapping: ImportMapping },
): Recognised | null {
  const start = head.replace(/^\uFEFF/, '').trimStart()
  return given.format === 'owners'
    ? { format: 'owners' }
    : (readScan(start, given.format) ?? readTable(start, given))
}

function readScan(start: string, wanted: ImportFormat | undefined): Reading | null {
  const plain = { columns: [], mapping: {}, fields: [] }
  const wants = (format: ImportFormat) => wanted === undefined || wanted === format
  if (start.startsWith('<')) {
    const run = /<nmaprun\b[^>]*/.exec(start)?.[0]
    const format = run !== undefined && /\bscanner="masscan"/.test(run) ? 'masscan' : 'nmap'
    const isRun = run !== undefined || wanted === 'nmap' || wanted === 'masscan'
    return isRun && wants(format) ? { ...plain, format, open: sink => new NmapXml(format, sink) } : null
  }
  if (!wants('masscan')) return null
  const open = openMasscan(start, wanted === 'masscan')
  return open === null ? null : { ...plain, format: 'masscan', open }
}

function openMasscan(start: string, isWanted: boolean): Reading['open'] | null {
  const isJson =
    /^[[{]/.test(start) && (/"ip"\s*:/.test(start) || /finished\s*"?\s*:\s*1/.test(start) || isWanted)
  // A scan that found nothing leaves an empty list.
  if (isJson || /^\[\s*\]?\s*$/.test(start)) return (sink: Sink) => new MasscanJson(sink)
  if (/^(#masscan|(open|closed|banner) (tcp|udp|sctp) \d)/.test(start) || isWanted)
    return (sink: Sink) => new MasscanList(sink)
  return null
}

function readTable(
  start: string,
  { format, mapping: given }: { readonly format?: ImportFormat | undefined; readonly mapping: ImportMapping },
): Recognised | null {
  const headLine = /^[^\r\n]*/.exec(start)?.[0] ?? ''
  const delimiter = guessDelimiter(headLine)
  const columns = splitLine(headLine.slice(0, 65_536), delimiter)
  if (/^[<[{]/.test(start) && format === undefined) return null
  const tags = mapColumns(columns, tagHeadings, format === 'tags' ? given : {})
  const hasPlace = tags['instance'] !== undefined || tags['address'] !== undefined
  if (format === 'tags' || (format === undefined && tags['tags'] !== undefined && hasPlace)) {
    const table = { columns, mapping: tags, delimiter }
    return {
      format: 'tags',
      columns,
      mapping: tags,
      fields: Object.keys(tagHeadings),
      open: sink => openTagCsv(table, sink),
    }
  }
  const ranges = rangesOf(columns, given, delimiter, format)
  if (ranges !== null) return ranges
  const owners = mapColumns(columns, ownerHeadings, {})
  return owners['name'] !== undefined && owners['person'] !== undefined ? { format: 'owners' } : null
}

/** Columns of a table without a heading line. */
const unnamed = ['block', 'site', 'zone', 'contact', 'note']

function rangesOf(
  found: readonly string[],
  given: ImportMapping,
  delimiter: string,
  wanted: ImportFormat | undefined,
): Reading | null {
  const hasHead = !parseBlock(found[0]?.trim() ?? '').ok
  const columns = hasHead ? found : found.map((_, index) => unnamed[index] ?? `column ${index + 1}`)
  const mapping = mapColumns(columns, rangeHeadings, given)
  const hasBlock = mapping['block'] !== undefined || mapping['first'] !== undefined
  if (!hasBlock && wanted !== 'netbox' && wanted !== 'ranges') return null
  const isNetBox = columns.some(column => column.toLowerCase() === 'prefix')
  const table = { columns, mapping, delimiter, hasHead }
  return {
    format: wanted === 'netbox' || (wanted === undefined && isNetBox) ? 'netbox' : 'ranges',
    columns,
    mapping,
    fields: Object.keys(rangeHeadings),
    open: sink => openRangeCsv(table, sink),
  }
}
