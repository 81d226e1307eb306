import { type ModelLicence, unaskedLicence } from '#shared/domain/licence.ts'
import type { Words } from './words.ts'

/** A model's licence in one cell: by its identifiers, which queries ask for. */
export function licenceText(licence: ModelLicence = unaskedLicence, words: Words): string {
  const { state, licences } = licence
  const titles = licences.map(({ id }) => id).join(', ')
  switch (state) {
    case 'unasked':
      return words('terms:unknown')
    case 'recognised':
      return titles
    case 'partly':
      return words('terms:licence.partly', { titles })
    default:
      return words(`terms:licence.${state}`)
  }
}
