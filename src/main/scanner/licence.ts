import { createHash } from 'node:crypto'
import type { ModelLicence } from '#shared/domain/licence.ts'
import { objectOf } from './readers.ts'
import { recogniseLicences } from './recognise-licence.ts'

/**
 * What may be known of the licence in an answer of `show`: which ones, their hash and length. The text ends here. Ollama
 * joins all licence layers into one text, and leaves the field out where there is none.
 */
export function readLicence(body: unknown): ModelLicence {
  const given = objectOf(body)?.['license']
  const text = typeof given === 'string' ? given : given == null ? '' : JSON.stringify(given)
  if (text.trim() === '') return { state: 'none', licences: [], sha256: null, length: null }
  // What is no text is nothing that Ollama sends: whatever it holds, it names no licence.
  const { licences, isWhole } =
    typeof given === 'string' ? recogniseLicences(text) : { licences: [], isWhole: false }
  return {
    state: isWhole ? 'recognised' : licences.length > 0 ? 'partly' : 'unrecognised',
    licences,
    sha256: createHash('sha256').update(text).digest('hex'),
    length: text.length,
  }
}
