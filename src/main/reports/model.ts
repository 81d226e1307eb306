import type { Severity } from '#shared/domain/exposure.ts'
import type { ControlState } from '#shared/domain/framework.ts'

/** Changes when the same data would read differently: part of every manifest. */
export const templateVersion = 3

/** So many rows stand in a document; the register holds all of them. */
export const mostRows = 2000

/** What a cell means beside its text: renderers give it the colour and sign of the console. */
export interface MeaningfulText {
  readonly text: string
  readonly severity?: Severity
  readonly state?: ControlState
  readonly mono?: boolean
  readonly strong?: boolean
}
export type Cell = string | MeaningfulText

export interface DocumentColumn {
  readonly title: string
  /** Share of the width. */
  readonly width: number
  readonly alignEnd?: boolean
}

export interface Figure {
  readonly label: string
  readonly value: string
  /** How it was counted. */
  readonly method: string
  readonly severity?: Severity
}

export interface Bar {
  readonly label: string
  readonly value: number
  readonly text: string
  readonly severity?: Severity
  readonly state?: ControlState
}

export interface Step {
  /** Where it applies, `systemd`; '': everywhere. */
  readonly label: string
  readonly what: string
  readonly commands: readonly string[]
  readonly verify: string
}

export type Block =
  | { readonly type: 'paragraph'; readonly text: string; readonly isMuted?: boolean }
  | { readonly type: 'heading'; readonly text: string; readonly severity?: Severity }
  | { readonly type: 'callout'; readonly text: string; readonly tone: 'info' | 'attention' | 'ok' }
  | { readonly type: 'figures'; readonly items: readonly Figure[] }
  | {
      readonly type: 'bars'
      readonly title: string
      readonly items: readonly Bar[]
      readonly source: string
    }
  | {
      readonly type: 'facts'
      readonly items: readonly { readonly label: string; readonly value: string; readonly mono?: boolean }[]
    }
  | {
      readonly type: 'table'
      readonly label: string
      readonly columns: readonly DocumentColumn[]
      readonly rows: readonly (readonly Cell[])[]
      readonly note?: string
    }
  | { readonly type: 'steps'; readonly items: readonly Step[] }
  | { readonly type: 'break' }

export interface Section {
  readonly id: string
  readonly title: string
  readonly blocks: readonly Block[]
  readonly startsPage?: boolean
}

export type CellValue = string | number | boolean | null
export type ColumnKind = 'text' | 'number' | 'instant' | 'date'

export interface RegisterColumn {
  /** For machines: the same in every language. */
  readonly key: string
  readonly title: string
  readonly kind: ColumnKind
  /** In characters. */
  readonly width: number
}

/** What stands in a register for a code of a group of the locales, `terms:severity`, `high`. */
export type WordFor = (group: string, code: string) => string

/** A table with all of its rows, for files that are read by programs. Instants are milliseconds, dates ISO text. */
export interface Register {
  readonly id: string
  readonly title: string
  readonly columns: readonly RegisterColumn[]
  rows(): Iterable<readonly CellValue[]>
}

/** A report in one language, before any format. */
export interface ReportModel {
  readonly language: 'en' | 'de'
  readonly title: string
  readonly subtitle: string
  readonly organisation: string
  readonly asOf: number
  readonly asOfText: string
  /** Lines under the title: whom it is for, what it speaks of. */
  readonly meta: readonly { readonly label: string; readonly value: string }[]
  readonly sections: readonly Section[]
  /** The first one is what the report is about. */
  /** Rows of the first register that the document leaves out. */
  readonly leftOut: number
  readonly hasContents: boolean
  readonly footer: string
  readonly words: {
    readonly page: (page: number, pages: number) => string
    readonly contents: string
    readonly verify: string
  }
}
