import { ink, severityColours, stateColours } from '../colours.ts'
import type { Block, Cell, MeaningfulText } from '../model.ts'
import type { Canvas, TextStyle } from './canvas.ts'

type Table = Extract<Block, { type: 'table' }>

interface Column {
  readonly title: string
  readonly x: number
  readonly width: number
  readonly align: 'left' | 'right'
}

const gap = 8
const headStyle: TextStyle = { font: 'strong', size: 7.5, colour: ink.muted, gap: 0.5 }
/** A cell never grows over a page: what is longer is in the register. */
const longestCell = 1200

/** A table whose heading stands on every page it reaches. */
export function drawTable(canvas: Canvas, { label, columns, rows, note }: Table): void {
  const placed = place(canvas, columns, rows)
  const headHeight = Math.max(...placed.map(column => canvas.heightOf(column.title, column.width, headStyle)))
  canvas.ensure(headHeight + 60)
  canvas.within(
    'Table',
    () => {
      head(canvas, placed, headHeight, true)
      for (const row of rows) {
        const cells = row.map(cellOf)
        const height = Math.max(
          ...cells.map((cell, index) => cellHeight(canvas, cell, placed[index]?.width ?? 40)),
        )
        if (canvas.ensure(height + 7)) canvas.decorate(() => head(canvas, placed, headHeight, false))
        line(canvas, placed, cells, height)
      }
    },
    { title: label },
  )
  canvas.y += 4
  if (note !== undefined) {
    const style = { size: 8, colour: ink.faint }
    canvas.ensure(14)
    canvas.draw('P', () => canvas.put(note, canvas.left, canvas.y, canvas.width, style))
    canvas.y += canvas.heightOf(note, canvas.width, style)
  }
  canvas.y += 10
}

/** Shares of the width as they are meant, but no column narrower than its longest word where the others can spare it. */
function place(canvas: Canvas, columns: Table['columns'], rows: Table['rows']): Column[] {
  const total = columns.reduce((sum, { width }) => sum + width, 0)
  const space = canvas.width - gap * (columns.length - 1)
  const meant = columns.map(({ width }) => (width / total) * space)
  const needed = columns.map(({ title }, index) => longestWord(canvas, title, rows, index))
  const lacking = meant.reduce((sum, own, index) => sum + Math.max(0, (needed[index] ?? 0) - own), 0)
  const spare = meant.reduce((sum, own, index) => sum + Math.max(0, own - (needed[index] ?? 0)), 0)
  const given = spare === 0 ? 0 : Math.min(1, lacking / spare)
  let x = canvas.left
  return columns.map(({ title, alignEnd = false }, index) => {
    const [own, least] = [meant[index] ?? 0, needed[index] ?? 0]
    const width = own >= least ? own - (own - least) * given : lacking <= spare ? least : own
    const column = { title, x, width, align: alignEnd ? 'right' : 'left' } as const
    x += width + gap
    return column
  })
}

/** The first rows are enough to tell; no column takes more than a quarter of the page for one word. */
const rowsMeasured = 40

function longestWord(canvas: Canvas, title: string, rows: Table['rows'], index: number): number {
  const cells = rows.slice(0, rowsMeasured).map(row => cellOf(row[index] ?? ''))
  const widths = [
    ...wordWidths(canvas, title, headStyle),
    ...cells.flatMap(cell => {
      const indent = markOf(cell) === null ? 0 : 10
      return wordWidths(canvas, partsOf(cell).first, styleOf(cell)).map(width => width + indent)
    }),
  ]
  return Math.min(canvas.width / 4, Math.max(0, ...widths) + 1)
}

function wordWidths(canvas: Canvas, text: string, style: TextStyle): number[] {
  canvas.use(style)
  return text.split(/[\s-]+/).map(word => canvas.doc.widthOfString(canvas.printable(word)))
}

function head(canvas: Canvas, columns: readonly Column[], height: number, isTagged: boolean): void {
  const top = canvas.y
  const write = ({ title, x, width, align }: Column) =>
    canvas.put(title, x, top + 2, width, { ...headStyle, align })
  if (isTagged) {
    canvas.within('TR', () => {
      for (const column of columns) canvas.draw('TH', () => write(column))
    })
    canvas.decorate(() => canvas.rule(top + height + 5, ink.muted, 0.75))
  } else {
    for (const column of columns) write(column)
    canvas.rule(top + height + 5, ink.muted, 0.75)
  }
  canvas.y = top + height + 7
}

function line(
  canvas: Canvas,
  columns: readonly Column[],
  cells: readonly MeaningfulText[],
  height: number,
): void {
  const top = canvas.y
  canvas.within('TR', () => {
    for (const [index, column] of columns.entries()) {
      const cell = cells[index] ?? { text: '' }
      canvas.draw('TD', () => write(canvas, column, cell, top))
    }
  })
  canvas.decorate(() => canvas.rule(top + height + 5))
  canvas.y = top + height + 7
}

function write(canvas: Canvas, { x, width, align }: Column, cell: MeaningfulText, top: number): void {
  const mark = markOf(cell)
  const indent = mark === null ? 0 : 10
  if (mark !== null) canvas.doc.rect(x, top + 2.5, 6, 6).fill(mark)
  const { first, rest } = partsOf(cell)
  const style = styleOf(cell)
  canvas.put(first, x + indent, top + 1, width - indent, { ...style, align })
  if (rest === '') return
  const below = canvas.heightOf(first, width - indent, style)
  canvas.put(rest, x, top + 2 + below, width, restStyle)
}

const restStyle: TextStyle = { size: 7.5, colour: ink.muted, gap: 1 }

function cellHeight(canvas: Canvas, cell: MeaningfulText, width: number): number {
  const { first, rest } = partsOf(cell)
  const own = canvas.heightOf(first, width - (markOf(cell) === null ? 0 : 10), styleOf(cell))
  return rest === '' ? own : own + 1 + canvas.heightOf(rest, width, restStyle)
}

/** What matters stands first; the lines below it say more. */
function partsOf({ text }: MeaningfulText): { readonly first: string; readonly rest: string } {
  const [first = '', ...rest] = text.split('\n')
  return { first, rest: rest.join('\n') }
}

function cellOf(cell: Cell): MeaningfulText {
  const whole = typeof cell === 'string' ? { text: cell } : cell
  return whole.text.length <= longestCell ? whole : { ...whole, text: `${whole.text.slice(0, longestCell)}…` }
}

function markOf({ severity, state }: MeaningfulText): string | null {
  if (severity !== undefined) return severityColours[severity].mark
  return state === undefined ? null : stateColours[state].mark
}

function styleOf({ severity, state, mono = false, strong = false }: MeaningfulText): TextStyle {
  if (mono) return { font: 'mono', size: 7.5, gap: 1 }
  const colour =
    severity !== undefined
      ? severityColours[severity].text
      : state !== undefined
        ? stateColours[state].text
        : ink.main
  const isMarked = severity !== undefined || state !== undefined
  return { font: isMarked || strong ? 'strong' : 'regular', size: 8, colour, gap: 1 }
}
