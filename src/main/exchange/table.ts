/** A table to be written, whatever the format: rows are asked for one by one and never held all at once. */
export interface Table {
  readonly title: string
  readonly columns: readonly TableColumn[]
  rows(): Iterable<readonly TableValue[]>
}

export interface TableColumn {
  /** For machines. */
  readonly key: string
  readonly title: string
  readonly kind: 'text' | 'number' | 'instant' | 'date'
  /** In characters. */
  readonly width: number
}

/** Instants are milliseconds, dates ISO text; null is an empty cell. */
export type TableValue = string | number | boolean | null

/** Takes the pieces of a file in order. */
export type Sink = (bytes: Uint8Array) => void

export interface WorkbookInfo {
  readonly title: string
  readonly author: string
  /** Stated as its date of creation: no clock is asked, so that the same tables give the same bytes. */
  readonly at: number
}
