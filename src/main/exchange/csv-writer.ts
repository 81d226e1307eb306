import Papa from 'papaparse'
import { formulae } from './formulae.ts'
import type { Sink, Table, TableColumn, TableValue } from './table.ts'

export interface CsvSettings {
  readonly delimiter: ',' | ';'
  readonly bom: boolean
}

const atOnce = 500

/** RFC 4180 with the keys of the columns as heading, in constant memory. Text that a spreadsheet would run as a formula is escaped. */
export function writeCsvFile({ columns, rows }: Table, { delimiter, bom }: CsvSettings, sink: Sink): void {
  const settings = { escapeFormulae: formulae, newline: '\r\n', header: false, delimiter }
  const encoder = new TextEncoder()
  const write = (lines: TableValue[][]) => {
    if (lines.length > 0) sink(encoder.encode(`${Papa.unparse(lines, settings)}\r\n`))
  }
  if (bom) sink(Uint8Array.of(0xef, 0xbb, 0xbf))
  write([columns.map(({ key }) => key)])
  let batch: TableValue[][] = []
  for (const row of rows()) {
    batch.push(row.map((value, index) => plain(value, columns[index])))
    if (batch.length < atOnce) continue
    write(batch)
    batch = []
  }
  write(batch)
}

function plain(value: TableValue, column: TableColumn | undefined): TableValue {
  return column?.kind === 'instant' && typeof value === 'number' ? new Date(value).toISOString() : value
}
