import type { ImportMapping, ImportReason } from '#shared/domain/import.ts'
import { cellReader, type Headings } from './csv-columns.ts'
import { CsvReader, plainCell } from './csv-reader.ts'
import { cut, type FormatReader, type Sink, type TagRow } from './import-row.ts'

export const tagHeadings: Headings = {
  tags: ['tags', 'tag', 'labels', 'label', 'schlagworte', 'schlagwörter', 'markierungen'],
  instance: ['id', 'instance', 'instanceid', 'instanz'],
  address: ['address', 'ip', 'ipaddress', 'adresse', 'host'],
  port: ['port'],
  site: ['site', 'standort', 'location'],
}

export function openTagCsv(
  table: { readonly columns: readonly string[]; readonly mapping: ImportMapping; readonly delimiter: string },
  sink: Sink,
): FormatReader {
  const cell = cellReader(table.columns, table.mapping)
  let isHead = true
  return new CsvReader(table.delimiter, {
    row(line, cells) {
      if (isHead) {
        isHead = false
        return
      }
      const read =
        cells.length === table.columns.length
          ? readTags(field => plainCell(cell(cells, field)))
          : 'field-count'
      if (typeof read === 'string') sink.reject(line, read, cut(cells.join(', ')))
      else sink.row(line, read)
    },
    reject: sink.reject,
  })
}

function readTags(cell: (field: string) => string): TagRow | ImportReason {
  const instance = nameOf(cell)
  if (instance === '') return 'instance-missing'
  // `-` is what an export writes where there are none.
  const tags = cell('tags')
    .split(/[;,]/)
    .map(tag => tag.trim())
    .filter(tag => tag !== '' && tag !== '-')
  if (tags.length === 0) return 'tags-missing'
  if (tags.some(tag => tag.length > 50 || /[\p{Cc}\p{Cf}]/u.test(tag))) return 'tag-malformed'
  return { kind: 'tags', instance, site: cell('site'), tags }
}

/** The place goes before the number: numbers are another organisation's, or of before a rebuild. */
function nameOf(cell: (field: string) => string): string {
  const [address, port] = [cell('address'), cell('port')]
  if (address === '') return cell('instance')
  if (port === '') return address
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}
