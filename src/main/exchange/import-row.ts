import type { ImportAbout, ImportFormat, ImportMapping, ImportReason } from '#shared/domain/import.ts'
import type { Instant } from '#shared/domain/instant.ts'

/** A port another scanner found open. */
export interface CandidateRow {
  readonly kind: 'candidate'
  readonly address: string
  readonly port: number
  readonly source: 'nmap' | 'masscan'
  readonly service: string | null
  readonly seenAt: Instant | null
}

/** A prefix somebody documents. */
export interface RangeRow {
  readonly kind: 'range'
  readonly block: string
  readonly site: string
  readonly zone: string
  readonly contact: string
  readonly note: string
}

/** What somebody says of an instance. */
export interface TagRow {
  readonly kind: 'tags'
  readonly instance: string
  readonly site: string
  readonly tags: readonly string[]
}

export type ImportRow = CandidateRow | RangeRow | TagRow

/** An entry of a file: understood, or the reason why not. */
export type Entry =
  | { readonly line: number; readonly row: ImportRow }
  | { readonly line: number; readonly reason: ImportReason; readonly text: string }

/** Where a reader puts what it understands. */
export interface Sink {
  row(line: number, row: ImportRow): void
  reject(line: number, reason: ImportReason, text: string): void
  about(about: Partial<ImportAbout>): void
}

/** Takes a file piece by piece; holds no more of it than one entry. */
export interface FormatReader {
  write(text: string): void
  end(): void
  /** Nothing that still comes can be understood. */
  readonly isOver: boolean
}

/** How a file is to be read. */
export interface Reading {
  readonly format: Exclude<ImportFormat, 'owners'>
  readonly columns: readonly string[]
  readonly mapping: ImportMapping
  readonly fields: readonly string[]
  readonly open: (sink: Sink) => FormatReader
}

/** One entry may be so long; what is longer is no entry but an attack or another file. */
export const longestEntry = 2 ** 18
const longestText = 200

/** What is told of an entry that was not taken. */
export function cut(text: string): string {
  return text.slice(0, longestText)
}
