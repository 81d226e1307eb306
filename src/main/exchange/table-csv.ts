import Papa from 'papaparse'
import { formulae } from './formulae.ts'
import type { Sink, Table, TableColumn, TableValue } from './table.ts'

const atOnce = 1000

/** RFC 4180, a heading line, in constant memory. Text that a spreadsheet would run as a formula is escaped. */
export function writeCsv({ columns, rows }: Table, sink: Sink): void {
  const settings = { escapeFormulae: formulae, newline: '\r\n', header: false }
  const encoder = new TextEncoder()
  const write = (lines: TableValue[][]) => {
    if (lines.length > 0) sink(encoder.encode(`${Papa.unparse(lines, settings)}\r\n`))
  }
  write([columns.map(({ title }) => title)])
  let batch: TableValue[][] = []
  for (const row of rows()) {
    batch.push(row.map((value, index) => plain(value, columns[index])))
    if (batch.length === atOnce) {
      write(batch)
      batch = []
    }
  }
  write(batch)
}

function plain(value: TableValue, column: TableColumn | undefined): TableValue {
  return column?.kind === 'instant' && typeof value === 'number' ? new Date(value).toISOString() : value
}
