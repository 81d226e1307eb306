import { Zip, ZipDeflate } from 'fflate'
import type { Sink, Table, TableValue, WorkbookInfo } from './table.ts'
import { columnName, escapeXml, sheetHead, sheetTail, workbookParts } from './xlsx-parts.ts'

/** ZIP knows local time only, from 1980 on: a time written so is the same on any machine. */
const fixedTime = new Date(1980, 0, 1)
/** What Excel can hold; the heading is one of them. */
const mostRows = 1_048_576
const longestText = 32_767
const atOnce = 500

/** A workbook (ECMA-376) with one sheet a table: real types, frozen heading, filters; no formulas, no macros; in constant memory. */
export function writeXlsx(info: WorkbookInfo, tables: readonly Table[], sink: Sink): void {
  const zip = new Zip((error, data) => {
    if (error !== null) throw error
    sink(data)
  })
  const add = (name: string) => {
    const file = new ZipDeflate(name, { level: 6 })
    file.mtime = fixedTime
    zip.add(file)
    return file
  }
  const encoder = new TextEncoder()
  const names = sheetNames(tables)
  for (const [name, text] of workbookParts(info, names)) add(name).push(encoder.encode(text), true)
  for (const [index, table] of tables.entries()) {
    const file = add(`xl/worksheets/sheet${index + 1}.xml`)
    file.push(encoder.encode(sheetHead(table.columns)))
    let text = rowXml(
      1,
      table.columns.map(({ title }) => title),
      () => headStyle,
    )
    let row = 1
    for (const values of table.rows()) {
      if (row === mostRows) break
      row++
      text += rowXml(row, values, column => styles[table.columns[column]?.kind ?? 'text'])
      if (row % atOnce === 0) {
        file.push(encoder.encode(text))
        text = ''
      }
    }
    file.push(encoder.encode(text + sheetTail(table.columns.length, row)), true)
  }
  zip.end()
}

/** Positions of the formats in the style sheet (xlsx-parts.ts). */
const headStyle = 1
const styles = { text: 0, number: 2, date: 3, instant: 4 } as const

function rowXml(row: number, values: readonly TableValue[], style: (column: number) => number): string {
  const cells = values.map((value, column) => cellXml(`${columnName(column)}${row}`, value, style(column)))
  return `<row r="${row}">${cells.join('')}</row>`
}

function cellXml(reference: string, value: TableValue, style: number): string {
  if (value === null || value === '') return ''
  const isDate = style === styles.date || style === styles.instant
  if (isDate) {
    const at = typeof value === 'number' ? value : Date.parse(`${value}T00:00:00Z`)
    if (!Number.isNaN(at)) return `<c r="${reference}" s="${style}"><v>${serial(at)}</v></c>`
  }
  if (typeof value === 'number') return `<c r="${reference}" s="${style}"><v>${value}</v></c>`
  if (typeof value === 'boolean') return `<c r="${reference}" t="b"><v>${value ? 1 : 0}</v></c>`
  // An inline string is text whatever it begins with: no program takes it for a formula.
  const text = escapeXml(String(value).slice(0, longestText))
  return `<c r="${reference}" s="${style === headStyle ? headStyle : 0}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`
}

/** Days since the end of 1899, as spreadsheets count; to the second. */
function serial(at: number): number {
  return Number((Math.round(at / 1000) / 86_400 + 25_569).toFixed(8))
}

/** At most 31 characters, none of those that separate, each name once. */
function sheetNames(tables: readonly Table[]): string[] {
  const taken = new Set<string>()
  return tables.map(({ title }) => {
    const base =
      title
        .replace(/[\\/?*[\]:]/g, ' ')
        .slice(0, 28)
        .trim() || 'Sheet'
    let name = base
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${base} ${number}`
    taken.add(name.toLowerCase())
    return name
  })
}
