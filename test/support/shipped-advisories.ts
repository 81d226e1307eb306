import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAdvisoryShelf } from '#main/services/advisory-shelf.ts'

/** The advisories that come with Paddock. */
export const shippedAdvisories = createAdvisoryShelf(() =>
  readFileSync(join(import.meta.dirname, '..', '..', 'resources', 'advisories', 'ollama.json'), 'utf8'),
)
