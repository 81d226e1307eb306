import { json, ok, type ProductRule, signal, text } from '../product.ts'
import { objectOf, readImitatedTags } from '../readers.ts'

/** Docker Model Runner (usually :12434) says so on its first page. */
export const dockerModelRunner: ProductRule = {
  product: 'docker-model-runner',
  confirm: 'docker-engines',
  judge(answers) {
    const banner = text(answers, 'root').trim() === 'Docker Model Runner is running'
    const fixedVersion = objectOf(json(answers, 'version'))?.['version'] === '0.1.0'
    return [
      ...signal(banner, 'banner', 70, text(answers, 'root')),
      ...signal(fixedVersion, 'fixed-version', 20, 'version 0.1.0'),
      ...signal(
        (banner || fixedVersion) && ok(answers, 'docker-engines') !== null,
        'own-route',
        20,
        'GET /engines',
      ),
    ]
  },
  readVersion: () => null,
  readModels: answers => readImitatedTags(json(answers, 'tags')),
}
