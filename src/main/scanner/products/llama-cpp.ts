import { json, type ProductRule, serverHeader, signal } from '../product.ts'
import { modelEntries, objectOf, openAiEntries, readOpenAiModels, textField } from '../readers.ts'

/** llama.cpp's own server (usually :8080). Builds of 2025 also answered some of Ollama's routes. */
export const llamaCpp: ProductRule = {
  product: 'llama.cpp',
  confirm: 'llama-cpp-props',
  judge(answers) {
    const owned =
      openAiEntries(json(answers, 'v1-models'))?.some(entry => entry['owned_by'] === 'llamacpp') ?? false
    // The imitated list of 2025 has texts where Ollama has a number, an instant and a digest.
    const imitated = modelEntries(json(answers, 'tags'))?.some(
      entry => entry['type'] === 'model' && entry['size'] === '',
    )
    const props = objectOf(json(answers, 'llama-cpp-props'))
    return [
      ...signal(serverHeader(answers).startsWith('llama.cpp'), 'server-header', 70, serverHeader(answers)),
      ...signal(owned, 'owned-by', 60, 'owned_by: llamacpp'),
      ...signal(imitated === true, 'imitated-list', 30, 'size: ""'),
      ...signal(props !== null && 'default_generation_settings' in props, 'own-route', 40, 'GET /props'),
    ]
  },
  readVersion: answers => textField(objectOf(json(answers, 'llama-cpp-props'))?.['build_info']),
  readModels: answers => readOpenAiModels(json(answers, 'v1-models')),
}
