import { json, type ProductRule, signal } from '../product.ts'
import { modelEntries, objectOf, openAiEntries, readOpenAiModels, startsWith } from '../readers.ts'

/** SGLang (usually :30000) writes its own name where Ollama has a file format and a digest. */
export const sglang: ProductRule = {
  product: 'sglang',
  confirm: 'sglang-info',
  judge(answers) {
    const entries = modelEntries(json(answers, 'tags')) ?? []
    const named = entries.some(
      entry =>
        objectOf(entry['details'])?.['format'] === 'sglang' || startsWith(entry['digest'], 'sha256:sglang'),
    )
    const owned =
      openAiEntries(json(answers, 'v1-models'))?.some(entry => entry['owned_by'] === 'sglang') ?? false
    const own = objectOf(json(answers, 'sglang-info'))
    return [
      ...signal(named, 'made-up-model', 50, 'format sglang'),
      ...signal(owned, 'owned-by', 60, 'owned_by: sglang'),
      ...signal(own !== null && 'model_path' in own, 'own-route', 30, 'GET /get_model_info'),
    ]
  },
  readVersion: () => null,
  readModels: answers => readOpenAiModels(json(answers, 'v1-models')),
}
