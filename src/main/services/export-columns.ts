import type { TableColumn, TableValue } from '../exchange/table.ts'

/** A column, and where its value is in the object of a row. */
export type ExportColumn = TableColumn & { readonly path: string }

type Kind = TableColumn['kind']

/** `lastSeenAt instant 22`: where it is in the object, what it is, how wide. A path goes into objects by dots. */
export function columnsOf(...texts: readonly string[]): ExportColumn[] {
  return texts.map(text => {
    const [path = '', kind = 'text', width = '18'] = text.split(' ')
    return { key: path, title: path, path, kind: kind as Kind, width: Number(width) }
  })
}

/** The value at a path: a list in one cell; unknown is an empty cell and differs from none (`-`). */
export function valueAt(object: unknown, path: string, kind: Kind): TableValue {
  const value = path.split('.').reduce<unknown>(step, object)
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return value.length === 0 ? '-' : value.map(textOf).join('; ')
  if (kind === 'instant') return Date.parse(String(value))
  return typeof value === 'object' ? JSON.stringify(value) : (value as TableValue)
}

function step(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map(each => step(each, name))
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : null
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
