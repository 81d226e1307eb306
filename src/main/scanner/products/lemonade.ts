import { json, ok, type ProductRule, signal } from '../product.ts'
import { modelEntries, objectOf, readImitatedTags } from '../readers.ts'

const zeros = `sha256:${'0'.repeat(64)}`

/** Lemonade (usually :13305): one version and one digest for everything. */
export const lemonade: ProductRule = {
  product: 'lemonade',
  confirm: 'lemonade-live',
  judge(answers) {
    const entries = modelEntries(json(answers, 'tags')) ?? []
    const zeroDigests = entries.length > 0 && entries.every(entry => entry['digest'] === zeros)
    const fixedVersion = objectOf(json(answers, 'version'))?.['version'] === '0.16.1'
    const claims = zeroDigests || (fixedVersion && entries.length === 0)
    return [
      ...signal(zeroDigests, 'zero-digest', 60, zeros),
      ...signal(zeroDigests && fixedVersion, 'fixed-version', 15, 'version 0.16.1'),
      ...signal(claims && ok(answers, 'lemonade-live') !== null, 'own-route', 30, 'GET /live'),
    ]
  },
  readVersion: () => null,
  readModels: answers => readImitatedTags(json(answers, 'tags')),
}
