import { json, type ProductRule, serverHeader, signal } from '../product.ts'
import { modelEntries, objectOf, readImitatedTags, textField } from '../readers.ts'

/** KoboldCpp (usually :5001) imitates Ollama with one made-up model whose figures never change. */
export const koboldCpp: ProductRule = {
  product: 'koboldcpp',
  confirm: 'koboldcpp-version',
  judge(answers) {
    const entries = modelEntries(json(answers, 'tags')) ?? []
    const madeUp = entries.some(entry => objectOf(entry['details'])?.['family'] === 'koboldcpp')
    const own = objectOf(json(answers, 'koboldcpp-version'))
    return [
      ...signal(serverHeader(answers).startsWith('concedollama'), 'server-header', 70, serverHeader(answers)),
      ...signal(madeUp, 'made-up-model', 40, 'family koboldcpp'),
      ...signal(own?.['result'] === 'KoboldCpp', 'own-route', 40, 'GET /api/extra/version'),
    ]
  },
  readVersion: answers => textField(objectOf(json(answers, 'koboldcpp-version'))?.['version']),
  readModels: answers => readImitatedTags(json(answers, 'tags')),
}
