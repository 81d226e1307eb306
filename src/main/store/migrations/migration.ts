/** One step from one shape of the store to the next. */
export interface Migration {
  /** Rises by ten, so that a forgotten step can still find a place before it lands. */
  readonly version: number
  readonly name: string
  readonly sql: string
}
