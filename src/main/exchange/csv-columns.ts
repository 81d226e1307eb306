import type { ImportMapping } from '#shared/domain/import.ts'

/** Which headings name which field, in the words of the tools and languages people export from. */
export type Headings = Readonly<Record<string, readonly string[]>>

/** Tells the columns by their headings; what a person says goes before. */
export function mapColumns(
  columns: readonly string[],
  headings: Headings,
  given: ImportMapping,
): ImportMapping {
  const entries = Object.entries(headings).flatMap(([field, known]) => {
    // The order of the words is the order of preference: a prefix goes before a description of it.
    const found = known.flatMap(word => columns.filter(column => plain(column) === word))[0]
    return found === undefined ? [] : [[field, found] as const]
  })
  return { ...Object.fromEntries(entries), ...given }
}

function plain(heading: string): string {
  return heading.toLowerCase().replace(/[\s_.-]/g, '')
}

/** Reads a field out of the cells of a line. */
export function cellReader(columns: readonly string[], mapping: ImportMapping) {
  const places = new Map(Object.entries(mapping).map(([field, column]) => [field, columns.indexOf(column)]))
  return (cells: readonly string[], field: string): string => cells[places.get(field) ?? -1] ?? ''
}
