/** What a person has made of a grid's columns; what it does not name is as it comes. */
export interface ColumnLayout {
  readonly order: string[]
  readonly widths: Record<string, number>
  readonly hidden: Record<string, boolean>
}

interface Placed {
  readonly id: string
}

/** Columns in the person's order; those it does not know stand behind the one they come after by themselves. */
export function inOrder<C extends Placed>(columns: readonly C[], order: readonly string[]): C[] {
  const known = order.filter(id => columns.some(column => column.id === id))
  const result = known.flatMap(id => columns.find(column => column.id === id) ?? [])
  for (const [index, column] of columns.entries()) {
    if (known.includes(column.id)) continue
    const before = columns[index - 1]
    const place = before === undefined ? 0 : result.indexOf(before) + 1
    result.splice(place, 0, column)
  }
  return result
}
