import { type ModelLicence, unaskedLicence } from '#shared/domain/licence.ts'
import type { ReadableStore } from './statement.ts'
import { readText } from './texts.ts'

/** As it is kept with a claim or a content; null: nobody was asked, or by a version that did not read it. */
export function readLicence(store: ReadableStore, kept: number | null): ModelLicence {
  return kept === null ? unaskedLicence : (readText(store, kept) as ModelLicence)
}
