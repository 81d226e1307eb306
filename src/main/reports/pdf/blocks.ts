import { calloutColours, ink, severityColours, stateColours } from '../colours.ts'
import type { Bar, Block, Figure, Step } from '../model.ts'
import type { Canvas } from './canvas.ts'
import { drawTable } from './table.ts'

type Of<Type extends Block['type']> = Extract<Block, { type: Type }>

/** Puts one block down. */
export function drawBlock(canvas: Canvas, block: Block, words: { readonly verify: string }): void {
  const draw = drawers[block.type] as (canvas: Canvas, block: Block, verify: string) => void
  draw(canvas, block, words.verify)
}

const drawers: { readonly [T in Block['type']]: (canvas: Canvas, block: Of<T>, verify: string) => void } = {
  paragraph,
  heading,
  callout,
  bars,
  facts,
  figures: (canvas, { items }) => figures(canvas, items),
  table: (canvas, block) => drawTable(canvas, block),
  steps: (canvas, { items }, verify) => steps(canvas, items, verify),
  break: canvas => canvas.newPage(),
}

function paragraph(canvas: Canvas, { text, isMuted = false }: Of<'paragraph'>): void {
  const style = { size: isMuted ? 8 : 9.5, colour: isMuted ? ink.faint : ink.main, gap: 2 }
  // Readable lines: not the whole width of the page.
  const width = Math.min(canvas.width, 460)
  const height = canvas.heightOf(text, width, style)
  canvas.ensure(height)
  canvas.draw('P', () => canvas.put(text, canvas.left, canvas.y, width, style))
  canvas.y += height + 7
}

function heading(canvas: Canvas, { text, severity }: Of<'heading'>): void {
  const style = { font: 'strong', size: 11 } as const
  const indent = severity === undefined ? 0 : 13
  const height = canvas.heightOf(text, canvas.width - indent, style)
  canvas.ensure(height + 60)
  canvas.y += canvas.isAtTop ? 0 : 8
  if (severity !== undefined) {
    canvas.decorate(() =>
      canvas.doc.rect(canvas.left, canvas.y + 2.5, 8, 8).fill(severityColours[severity].mark),
    )
  }
  canvas.draw('H3', () => canvas.put(text, canvas.left + indent, canvas.y, canvas.width - indent, style))
  canvas.y += height + 5
}

function callout(canvas: Canvas, { text, tone }: Of<'callout'>): void {
  const colours = calloutColours[tone]
  const style = { size: 9.5, colour: colours.text, gap: 2 }
  const height = canvas.heightOf(text, canvas.width - 24, style)
  canvas.ensure(height + 22)
  canvas.decorate(() => {
    canvas.doc.rect(canvas.left, canvas.y, canvas.width, height + 14).fill(colours.tint)
    canvas.doc.rect(canvas.left, canvas.y, 3, height + 14).fill(colours.text)
  })
  canvas.draw('P', () => canvas.put(text, canvas.left + 13, canvas.y + 8, canvas.width - 24, style))
  canvas.y += height + 24
}

const tileGap = 14

function figures(canvas: Canvas, items: readonly Figure[]): void {
  const perRow = items.length % 4 === 0 ? 4 : 3
  const width = (canvas.width - tileGap * (perRow - 1)) / perRow
  for (let start = 0; start < items.length; start += perRow) {
    const row = items.slice(start, start + perRow)
    const labelHeight = Math.max(...row.map(({ label }) => canvas.heightOf(label, width, labelStyle)))
    const methodHeight = Math.max(...row.map(({ method }) => canvas.heightOf(method, width, methodStyle)))
    canvas.ensure(methodHeight + labelHeight + 36)
    for (const [index, item] of row.entries()) {
      tile(canvas, item, canvas.left + index * (width + tileGap), width, labelHeight)
    }
    canvas.y += methodHeight + labelHeight + 42
  }
}

const labelStyle = { font: 'strong', size: 8.5 } as const
const methodStyle = { size: 7, colour: ink.faint, gap: 1 } as const

function tile(canvas: Canvas, figure: Figure, x: number, width: number, labelHeight: number): void {
  const { label, value, method, severity } = figure
  const top = canvas.y
  canvas.decorate(() => {
    canvas.doc
      .rect(x, top, width, 1.5)
      .fill(severity === undefined ? ink.line : severityColours[severity].mark)
  })
  const colour = severity === undefined ? ink.main : severityColours[severity].text
  canvas.draw('P', () => {
    canvas.put(value, x, top + 7, width, { font: 'strong', size: 18, colour })
    canvas.put(label, x, top + 30, width, labelStyle)
    canvas.put(method, x, top + 31 + labelHeight, width, methodStyle)
  })
}

const barHeight = 11

function bars(canvas: Canvas, { title, items, source }: Of<'bars'>): void {
  const labelWidth = canvas.width * 0.36
  const heights = items.map(
    ({ label }) => Math.max(canvas.heightOf(label, labelWidth - 10, { size: 8.5 }), barHeight) + 5,
  )
  const total = heights.reduce((sum, height) => sum + height, 0)
  canvas.ensure(Math.min(total + 46, 500))
  canvas.y += 4
  canvas.draw('P', () =>
    canvas.put(title, canvas.left, canvas.y, canvas.width, { font: 'strong', size: 9.5 }),
  )
  canvas.y += 18
  const most = Math.max(...items.map(({ value }) => value), 1)
  const alt = `${title}: ${items.map(({ label, text }) => `${label} ${text}`).join('; ')}`
  canvas.draw(
    'Figure',
    () => {
      for (const [index, item] of items.entries()) {
        bar(canvas, item, most, labelWidth)
        canvas.y += heights[index] ?? 0
      }
    },
    { alt },
  )
  canvas.draw('Caption', () => canvas.put(source, canvas.left, canvas.y + 1, canvas.width, methodStyle))
  canvas.y += canvas.heightOf(source, canvas.width, methodStyle) + 12
}

function bar(
  canvas: Canvas,
  { label, value, text, severity, state }: Bar,
  most: number,
  labelWidth: number,
): void {
  const mark =
    severity !== undefined
      ? severityColours[severity].mark
      : state !== undefined
        ? stateColours[state].mark
        : canvas.colour
  const full = canvas.width - labelWidth - 60
  const length = value === 0 ? 0 : Math.max((value / most) * full, 1.5)
  canvas.put(label, canvas.left, canvas.y + 0.5, labelWidth - 10, { size: 8.5 })
  canvas.doc.rect(canvas.left + labelWidth, canvas.y, 0.5, barHeight).fill(ink.line)
  if (length > 0) canvas.doc.rect(canvas.left + labelWidth, canvas.y, length, barHeight).fill(mark)
  canvas.put(text, canvas.left + labelWidth + length + 5, canvas.y + 0.5, 55, { font: 'strong', size: 8.5 })
}

function facts(canvas: Canvas, { items }: Of<'facts'>): void {
  const labelWidth = canvas.width * 0.3
  for (const { label, value, mono = false } of items) {
    const style = { size: mono ? 8 : 8.5, font: mono ? 'mono' : 'regular' } as const
    const width = canvas.width - labelWidth
    const height = Math.max(
      canvas.heightOf(value, width, style),
      canvas.heightOf(label, labelWidth - 10, { size: 8.5 }),
    )
    canvas.ensure(height + 4)
    canvas.draw('P', () => {
      canvas.put(label, canvas.left, canvas.y, labelWidth - 10, { size: 8.5, colour: ink.faint })
      canvas.put(value, canvas.left + labelWidth, canvas.y, width, style)
    })
    canvas.y += height + 4
  }
  canvas.y += 6
}

function steps(canvas: Canvas, items: readonly Step[], verify: string): void {
  for (const step of items) {
    const text = step.label === '' ? step.what : `${step.label}: ${step.what}`
    const style = { size: 9, gap: 1.5 }
    const height = canvas.heightOf(text, canvas.width, style)
    canvas.ensure(height + 30)
    canvas.draw('P', () => canvas.put(text, canvas.left, canvas.y, canvas.width, style))
    canvas.y += height + 3
    for (const command of step.commands) commandLine(canvas, command)
    if (step.verify !== '') commandLine(canvas, step.verify, verify)
    canvas.y += 6
  }
  canvas.y += 4
}

const commandStyle = { font: 'mono', size: 7.5, gap: 1 } as const

function commandLine(canvas: Canvas, command: string, label = ''): void {
  const indent = label === '' ? 8 : 62
  const height = canvas.heightOf(command, canvas.width - indent - 8, commandStyle)
  canvas.ensure(height + 6)
  canvas.decorate(() => canvas.doc.rect(canvas.left, canvas.y, canvas.width, height + 5).fill(ink.sunken))
  canvas.draw('Code', () => {
    if (label !== '') canvas.put(label, canvas.left + 8, canvas.y + 2.5, 54, { size: 7.5, colour: ink.faint })
    canvas.put(command, canvas.left + indent, canvas.y + 3, canvas.width - indent - 8, commandStyle)
  })
  canvas.y += height + 5
}
