import type { FailureCode } from '../result.ts'

export type MistakeCode = Extract<FailureCode, `query-${string}`>

/** What is wrong with a query, and where: from `start` up to `end`, counted in UTF-16 units as an input field does. */
export interface Mistake {
  readonly code: MistakeCode
  readonly start: number
  readonly end: number
  readonly details: Readonly<Record<string, string | number>>
}

/** Leaves the parser at the first mistake; `parseQuery` turns it into a value. */
export class MistakeFound extends Error {
  readonly mistake: Mistake
  constructor(code: MistakeCode, start: number, end: number, details: Mistake['details'] = {}) {
    super(code)
    this.mistake = { code, start, end, details }
  }
}
