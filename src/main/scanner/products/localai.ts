import { json, ok, type ProductRule, signal, text } from '../product.ts'
import { modelEntries, objectOf, openAiEntries, readImitatedTags, startsWith } from '../readers.ts'

/** LocalAI ≥ 4.2.0 (usually :8080): Ollama's routes on another framework, with values nobody measured. */
export const localAi: ProductRule = {
  product: 'localai',
  confirm: 'localai-ready',
  judge(answers) {
    const entries = modelEntries(json(answers, 'tags')) ?? []
    const prefixed =
      entries.length > 0 &&
      entries.every(entry => startsWith(entry['digest'], 'sha256:') && entry['size'] === 0)
    const version = objectOf(json(answers, 'version'))?.['version']
    // Errors as a JSON object with a numeric code: Ollama answers unknown paths in plain text.
    const lists =
      modelEntries(json(answers, 'tags')) !== null || openAiEntries(json(answers, 'v1-models')) !== null
    const jsonErrors = lists && /^\{"error":\{"code":404/.test(text(answers, 'unknown-path'))
    // Docker Model Runner and SGLang list the same kind of digest, and name themselves elsewhere.
    return [
      ...signal(jsonErrors, 'error-shape', 40, text(answers, 'unknown-path')),
      ...signal(
        prefixed && version === '0.9.0',
        'fixed-version',
        35,
        'version 0.9.0, size 0, digest of a name',
      ),
      ...signal(jsonErrors && ok(answers, 'localai-ready') !== null, 'own-route', 30, 'GET /readyz'),
    ]
  },
  readVersion: () => null,
  readModels: answers => readImitatedTags(json(answers, 'tags')),
}
