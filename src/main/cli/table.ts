/** Text in columns: headings, then rows. Numbers are given as text; a column of numbers is aligned by `right`. */
export interface Column<Row> {
  readonly title: string
  readonly right?: boolean
  readonly text: (row: Row) => string
}

/** As wide as it needs; cells beyond `width` in all are cut in the last columns, which hold the longest texts. */
export function formatTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
): string {
  const cells = rows.map(row => columns.map(column => printable(column.text(row))))
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...cells.map(row => row[index]?.length ?? 0)),
  )
  const line = (texts: readonly string[]) => {
    const padded = texts.map((text, index) => {
      const size = widths[index] ?? 0
      return columns[index]?.right ? text.padStart(size) : text.padEnd(size)
    })
    const whole = padded.join('  ').trimEnd()
    return whole.length > width ? `${whole.slice(0, Math.max(0, width - 1))}…` : whole
  }
  return [columns.map(column => column.title), ...cells].map(line).join('\n')
}

/** Server-supplied text must not steer the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd')
}
