import PDFDocument from 'pdfkit'
import type { ReportPaper } from '#shared/domain/report.ts'
import { ink } from '../colours.ts'
import type { ReportModel } from '../model.ts'

export interface Fonts {
  readonly regular: Uint8Array
  readonly strong: Uint8Array
  readonly mono: Uint8Array
}

export interface Look {
  readonly paper: ReportPaper
  readonly colour: string
  readonly logo: Uint8Array | null
  readonly fonts: Fonts
}

export type FontName = keyof Fonts
export type Doc = InstanceType<typeof PDFDocument>
type Structure = ReturnType<Doc['struct']>

export interface TextStyle {
  readonly font?: FontName
  readonly size?: number
  readonly colour?: string
  readonly align?: 'left' | 'right'
  readonly gap?: number
}

const margins = { side: 48, top: 54, bottom: 56 } as const

interface FontInUse {
  readonly id: string
  readonly font: {
    hasGlyphForCodePoint(code: number): boolean
    layout(text: string, features: Record<string, boolean>): unknown
  }
}

/** Which font is set, and what fontkit read of it: pdfkit has no public way to ask. */
function fontInUse(doc: InstanceType<typeof PDFDocument>): FontInUse {
  return (doc as unknown as { _font: FontInUse })._font
}

/** As fontkit reads Inter's kerning, full stops run into the digits beside them: 127.0.0.1 could be read as 1270.0.1. */
function setUnkerned({ font }: FontInUse): void {
  const layout = font.layout.bind(font)
  font.layout = text => layout(text, { kern: false })
}

/** A tagged document on which things are put from the top down; what does not fit goes onto the next page. */
export class Canvas {
  readonly doc: Doc
  readonly left = margins.side
  readonly width: number
  readonly bottom: number
  readonly colour: string
  y: number = margins.top
  readonly #glyphs = new Map<string, boolean>()
  #parents: Structure[]

  constructor({ title, language, organisation, asOf }: ReportModel, look: Look) {
    // Date and id are those of the data: the same report is the same file.
    const at = new Date(asOf)
    this.doc = new PDFDocument({
      size: look.paper === 'a4' ? 'A4' : 'LETTER',
      margins: { left: margins.side, right: margins.side, top: 0, bottom: 0 },
      bufferPages: true,
      pdfVersion: '1.7',
      tagged: true,
      displayTitle: true,
      lang: language,
      info: {
        Title: `${title} – ${organisation}`,
        Author: organisation,
        Creator: 'Paddock',
        Producer: 'Paddock',
        CreationDate: at,
        ModDate: at,
      },
    })
    for (const [name, bytes] of Object.entries(look.fonts)) {
      this.doc.registerFont(name, Buffer.from(bytes)).font(name)
      setUnkerned(fontInUse(this.doc))
    }
    this.width = this.doc.page.width - 2 * margins.side
    this.bottom = this.doc.page.height - margins.bottom
    this.colour = look.colour
    const root = this.doc.struct('Document')
    this.doc.addStructure(root)
    this.#parents = [root]
  }

  get pageNumber(): number {
    const { start, count } = this.doc.bufferedPageRange()
    return start + count
  }

  newPage(): void {
    this.doc.addPage()
    this.y = margins.top
  }

  get isAtTop(): boolean {
    return this.y === margins.top
  }

  /** Begins a page unless so much still fits. Says whether it did. */
  ensure(height: number): boolean {
    if (this.y + height <= this.bottom || this.isAtTop) return false
    this.newPage()
    return true
  }

  /** Everything put down meanwhile belongs to an element of this kind. */
  within(kind: string, work: () => void, options: Record<string, unknown> = {}): void {
    const element = this.doc.struct(kind, options as never)
    this.#parents.at(-1)?.add(element)
    this.#parents.push(element)
    work()
    this.#parents.pop()
    element.end()
  }

  /** One element whose content is drawn at once, on one page. */
  draw(kind: string, work: () => void, options: Record<string, unknown> = {}): void {
    const element = this.doc.struct(kind, options as never, work as never)
    this.#parents.at(-1)?.add(element)
    element.end()
  }

  /** Something for the eye only: lines, grounds, repeated headings. */
  decorate(work: () => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' })
    work()
    this.doc.endMarkedContent()
  }

  use({ font = 'regular', size = 9, colour = ink.main }: TextStyle): void {
    this.doc.font(font).fontSize(size).fillColor(colour)
  }

  heightOf(text: string, width: number, style: TextStyle = {}): number {
    this.use(style)
    return this.doc.heightOfString(this.printable(text), { width, lineGap: style.gap ?? 1.5 })
  }

  /** Text at a place, within a width. The caller has made room. */
  put(text: string, x: number, y: number, width: number, style: TextStyle = {}): void {
    this.use(style)
    this.doc.text(this.printable(text), x, y, {
      width,
      lineGap: style.gap ?? 1.5,
      align: style.align ?? 'left',
    })
  }

  /** What the font has no sign for becomes one that shows so: servers choose the names of their models. */
  printable(text: string): string {
    const { id, font } = fontInUse(this.doc)
    let clean = ''
    for (const sign of text) {
      if (sign === '\n') {
        clean += sign
        continue
      }
      const key = `${id}${sign}`
      let known = this.#glyphs.get(key)
      if (known === undefined) {
        known = sign >= ' ' && font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0)
        this.#glyphs.set(key, known)
      }
      clean += known ? sign : '?'
    }
    return clean
  }

  rule(y: number, colour: string = ink.line, thickness = 0.5): void {
    this.doc
      .moveTo(this.left, y)
      .lineTo(this.left + this.width, y)
      .lineWidth(thickness)
      .strokeColor(colour)
      .stroke()
  }
}
