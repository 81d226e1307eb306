import { json, type ProductRule, serverHeader, signal } from '../product.ts'
import { objectOf, openAiEntries, readOpenAiModels, textField } from '../readers.ts'

/** vLLM (usually :8000) has no Ollama routes; it names itself as the owner of its models. */
export const vllm: ProductRule = {
  product: 'vllm',
  confirm: 'vllm-version',
  judge(answers) {
    const owned =
      openAiEntries(json(answers, 'v1-models'))?.some(entry => entry['owned_by'] === 'vllm') ?? false
    const uvicorn = serverHeader(answers) === 'uvicorn'
    return [
      ...signal(owned, 'owned-by', 70, 'owned_by: vllm'),
      ...signal(owned && uvicorn, 'server-header', 10, 'uvicorn'),
      ...signal(owned && ownVersion(json(answers, 'vllm-version')) !== null, 'own-route', 20, 'GET /version'),
    ]
  },
  readVersion: answers => ownVersion(json(answers, 'vllm-version')),
  readModels: answers => readOpenAiModels(json(answers, 'v1-models')),
}

function ownVersion(body: unknown): string | null {
  return textField(objectOf(body)?.['version'])
}
