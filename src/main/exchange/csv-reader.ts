import type { ImportReason } from '#shared/domain/import.ts'
import { cut, longestEntry } from './import-row.ts'

export interface CsvSink {
  /** `line`: where the row begins, as an editor counts. */
  row(line: number, cells: readonly string[]): void
  reject(line: number, reason: ImportReason, text: string): void
}

/** An opened quote that nobody closes is recovered from so often; a file with more of them is no table. */
const mostRecoveries = 100

/**
 * Reads RFC 4180 text piece by piece. Own code, because the usual parsers keep everything behind an unclosed quote in memory:
 * here a row ends at 256 kB, is told as such, and reading goes on in the line after its first.
 */
export class CsvReader {
  readonly #delimiter: string
  readonly #sink: CsvSink
  #line = 1
  #began = 1
  #cells: string[] = []
  #cell = ''
  /** The row so far, as it stands in the file: to begin again behind its first line. */
  #raw = ''
  #state: 'plain' | 'quoted' | 'quote-in-quoted' | 'skipping' = 'plain'
  #recoveries = 0
  #afterReturn = false
  isOver = false

  constructor(delimiter: string, sink: CsvSink) {
    this.#delimiter = delimiter
    this.#sink = sink
  }

  write(text: string): void {
    for (let index = 0; index < text.length && !this.isOver; index++) {
      if (this.#state === 'skipping') index = Math.min(text.length - 1, nextLineEnd(text, index))
      this.#take(text.charAt(index))
    }
  }

  end(): void {
    while (this.#state === 'quoted' && !this.isOver) this.#recover('quote-unclosed')
    if (!this.isOver && this.#raw !== '' && this.#state !== 'skipping') this.#endRow()
    this.isOver = true
  }

  #take(character: string): void {
    // CR LF is one line end.
    if (character === '\n' && this.#afterReturn) {
      this.#afterReturn = false
      if (this.#state === 'quoted') this.#cell += character
      return
    }
    this.#afterReturn = character === '\r'
    const isLineEnd = character === '\n' || character === '\r'
    if (isLineEnd) this.#line++
    if (this.#state === 'skipping') {
      if (isLineEnd) this.#beginRow()
      return
    }
    this.#raw += character
    if (this.#raw.length > longestEntry)
      this.#recover(this.#state === 'quoted' ? 'quote-unclosed' : 'line-too-long')
    else if (this.#state === 'quoted') this.#takeQuoted(character)
    else this.#takePlain(character, isLineEnd)
  }

  #takeQuoted(character: string): void {
    if (character === '"') this.#state = 'quote-in-quoted'
    else this.#cell += character
  }

  #takePlain(character: string, isLineEnd: boolean): void {
    if (character === '"' && this.#state === 'quote-in-quoted') {
      this.#cell += '"'
      this.#state = 'quoted'
      return
    }
    this.#state = 'plain'
    if (isLineEnd) this.#endRow()
    else if (character === this.#delimiter) {
      this.#cells.push(this.#cell)
      this.#cell = ''
    } else if (character === '"' && this.#cell.trim() === '') {
      this.#cell = ''
      this.#state = 'quoted'
    } else this.#cell += character
  }

  #endRow(): void {
    const cells = [...this.#cells, this.#cell]
    const [began, raw] = [this.#began, this.#raw]
    this.#beginRow()
    if (raw.includes('\0')) this.#sink.reject(began, 'control-characters', cut(raw.trim()))
    else if (cells.some(cell => cell.trim() !== '')) this.#sink.row(began, cells)
  }

  #beginRow(): void {
    this.#cells = []
    this.#cell = ''
    this.#raw = ''
    this.#began = this.#line
    this.#state = 'plain'
  }

  /** The row is given up; what stands behind its first line is read as if it had not been there. */
  #recover(reason: ImportReason): void {
    const raw = this.#raw
    this.#sink.reject(this.#began, reason, cut(raw))
    const end = raw.search(/[\r\n]/)
    if (++this.#recoveries > mostRecoveries) {
      this.isOver = true
      return
    }
    this.#line = this.#began
    this.#beginRow()
    if (end === -1) this.#state = 'skipping'
    else {
      this.#line++
      this.#began = this.#line
      this.#afterReturn = raw[end] === '\r'
      this.write(raw.slice(end + 1))
    }
  }
}

/** Where the line ends; behind the text, if it does not. */
function nextLineEnd(text: string, from: number): number {
  const ends = [text.indexOf('\n', from), text.indexOf('\r', from)].filter(index => index !== -1)
  return ends.length === 0 ? text.length : Math.min(...ends)
}

const delimiters = [',', ';', '\t', '|'] as const

/** What separates the cells of a heading line. */
export function guessDelimiter(line: string): string {
  const plain = line.replace(/"[^"]*"/g, '')
  const counts = delimiters.map(delimiter => plain.split(delimiter).length - 1)
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ','
}

/** The cells of one line. */
export function splitLine(line: string, delimiter: string): string[] {
  let cells: readonly string[] = []
  const reader = new CsvReader(delimiter, {
    row: (_, read) => {
      cells = read
    },
    reject() {},
  })
  reader.write(line)
  reader.end()
  return [...cells]
}

/** Text that a spreadsheet would run as a formula is exported behind an apostrophe; it comes back without. */
export function plainCell(cell: string): string {
  const text = cell.trim()
  return /^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text
}
