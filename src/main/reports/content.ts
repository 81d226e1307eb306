import type { Section } from './model.ts'

/** What a report says, and how many rows of its register it leaves out. */
export interface Content {
  readonly sections: readonly Section[]
  readonly leftOut: number
}
