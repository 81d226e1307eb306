import { ink } from '../colours.ts'
import type { ReportModel, Section } from '../model.ts'
import { drawBlock } from './blocks.ts'
import { Canvas, type Look } from './canvas.ts'

interface ContentsLine {
  readonly section: Section
  readonly page: number
  readonly y: number
}

/** A report as a tagged PDF with outline, contents, page numbers and own fonts. Resolves when the last byte was handed over. */
export async function renderPdf(
  model: ReportModel,
  look: Look,
  sink: (bytes: Uint8Array) => void,
): Promise<void> {
  const canvas = new Canvas(model, look)
  const { doc } = canvas
  doc.on('data', sink)
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve)
    doc.on('error', reject)
  })
  titleBlock(canvas, model, look)
  const lines = model.hasContents ? reserveContents(canvas, model) : []
  const starts = new Map<Section, number>()
  for (const [index, section] of model.sections.entries()) {
    if (section.startsPage === true && !canvas.isAtTop) canvas.newPage()
    drawSection(canvas, model, section, index === 0, starts)
  }
  finish(canvas, model, lines, starts)
  doc.end()
  await ended
}

function titleBlock(canvas: Canvas, { title, subtitle, meta }: ReportModel, { logo, colour }: Look): void {
  const { doc, left, width } = canvas
  const textWidth = width - (logo === null ? 0 : 140)
  if (logo !== null) {
    canvas.draw(
      'Figure',
      () => doc.image(Buffer.from(logo), left + width - 120, canvas.y, { fit: [120, 44], align: 'right' }),
      { alt: subtitle },
    )
  }
  canvas.draw('P', () => canvas.put(subtitle, left, canvas.y, textWidth, { size: 10, colour: ink.muted }))
  canvas.y += 18
  const style = { font: 'strong', size: 21 } as const
  const height = canvas.heightOf(title, textWidth, style)
  canvas.draw('H1', () => canvas.put(title, left, canvas.y, textWidth, style))
  canvas.y += height + 8
  canvas.decorate(() => doc.rect(left, canvas.y, width, 2.5).fill(colour))
  canvas.y += 12
  const text = meta.map(({ label, value }) => `${label}: ${value}`).join('   ·   ')
  const metaStyle = { size: 8.5, colour: ink.muted }
  canvas.draw('P', () => canvas.put(text, left, canvas.y, width, metaStyle))
  canvas.y += canvas.heightOf(text, width, metaStyle) + 16
}

const lineHeight = 15

/** Room for the contents, whose page numbers are known only at the end. */
function reserveContents(canvas: Canvas, { sections, words }: ReportModel): ContentsLine[] {
  canvas.draw('H2', () =>
    canvas.put(words.contents, canvas.left, canvas.y, canvas.width, { font: 'strong', size: 12 }),
  )
  canvas.y += 22
  const lines = sections.map(section => {
    canvas.ensure(lineHeight)
    const line = { section, page: canvas.pageNumber - 1, y: canvas.y }
    canvas.y += lineHeight
    return line
  })
  canvas.y += 12
  return lines
}

function drawSection(
  canvas: Canvas,
  { words }: ReportModel,
  section: Section,
  isFirst: boolean,
  starts: Map<Section, number>,
): void {
  const style = { font: 'strong', size: 14 } as const
  const height = canvas.heightOf(section.title, canvas.width, style)
  if (!isFirst && !canvas.isAtTop) canvas.y += 14
  canvas.ensure(height + 90)
  starts.set(section, canvas.pageNumber)
  canvas.doc.addNamedDestination(
    section.id,
    'XYZ',
    null as never,
    canvas.doc.page.height - canvas.y,
    null as never,
  )
  canvas.doc.outline.addItem(section.title)
  canvas.within('Sect', () => {
    canvas.draw('H2', () => canvas.put(section.title, canvas.left, canvas.y, canvas.width, style))
    canvas.y += height + 8
    for (const block of section.blocks) drawBlock(canvas, block, words)
  })
}

/** What needs to know how many pages there are: contents and footers. */
function finish(
  canvas: Canvas,
  { words, footer }: ReportModel,
  lines: readonly ContentsLine[],
  starts: ReadonlyMap<Section, number>,
): void {
  const { doc, left, width } = canvas
  if (lines.length > 0) {
    canvas.within('TOC', () => {
      for (const { section, page, y } of lines) {
        doc.switchToPage(page)
        canvas.draw('TOCI', () => {
          canvas.use({ size: 9.5 })
          const number = String(starts.get(section) ?? '')
          const title = fitted(canvas, section.title, width - 50)
          doc.text(title, left, y, { width: width - 40, goTo: section.id, lineBreak: false })
          canvas.put(number, left + width - 40, y, 40, { size: 9.5, colour: ink.muted, align: 'right' })
        })
      }
    })
  }
  const { count } = doc.bufferedPageRange()
  for (let page = 0; page < count; page++) {
    doc.switchToPage(page)
    const y = doc.page.height - 34
    doc.markContent('Artifact', { type: 'Pagination' })
    canvas.rule(y - 8)
    canvas.use({ size: 7.5, colour: ink.faint })
    doc.text(fitted(canvas, footer, width - 90), left, y, { width: width - 80, lineBreak: false })
    canvas.put(words.page(page + 1, count), left + width - 80, y, 80, {
      size: 7.5,
      colour: ink.faint,
      align: 'right',
    })
    doc.endMarkedContent()
  }
}

/** On one line: what is longer ends with dots. */
function fitted(canvas: Canvas, text: string, width: number): string {
  let shown = canvas.printable(text)
  if (canvas.doc.widthOfString(shown) <= width) return shown
  while (shown.length > 1 && canvas.doc.widthOfString(`${shown}…`) > width) shown = shown.slice(0, -1)
  return `${shown}…`
}
