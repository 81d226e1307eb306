import { json, type ProductRule, signal, text } from '../product.ts'
import { openAiEntries, readOpenAiModels } from '../readers.ts'

/** LM Studio (usually :1234) answers 200 to paths it does not know: a status alone proves nothing. */
export const lmStudio: ProductRule = {
  product: 'lm-studio',
  confirm: 'lm-studio-models',
  judge(answers) {
    const asked = ['root', 'version', 'tags', 'unknown-path'] as const
    const refusal = asked
      .map(kind => text(answers, kind))
      .find(body => body.startsWith('{"error":"Unexpected endpoint or method.'))
    const own = openAiEntries(json(answers, 'lm-studio-models'))
    return [
      ...signal(refusal !== undefined, 'error-text', 60, refusal ?? null),
      ...signal(
        own?.every(entry => 'type' in entry && 'state' in entry) === true,
        'own-route',
        40,
        'GET /api/v0/models',
      ),
    ]
  },
  readVersion: () => null,
  readModels: answers => readOpenAiModels(json(answers, 'v1-models')),
}
