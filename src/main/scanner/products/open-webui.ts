import { json, type ProductRule, signal, text } from '../product.ts'
import { objectOf, textField } from '../readers.ts'

/**
 * Open WebUI (usually :8080 or :3000), a front end that often has an Ollama behind it. Its own `/api/version` fools
 * scanners that look at nothing else.
 */
export const openWebUi: ProductRule = {
  product: 'open-webui',
  confirm: 'open-webui-config',
  judge(answers) {
    const version = objectOf(json(answers, 'version'))
    const config = objectOf(json(answers, 'open-webui-config'))
    const titled = /<title>[^<]{0,100}Open WebUI/i.test(text(answers, 'root').slice(0, 20_000))
    return [
      ...signal(
        version !== null && 'version' in version && 'deployment_id' in version,
        'version-shape',
        60,
        'deployment_id',
      ),
      ...signal(titled, 'page-title', 50, 'Open WebUI'),
      ...signal(
        config?.['name'] === 'Open WebUI' && config['status'] === true,
        'own-route',
        40,
        'GET /api/config',
      ),
    ]
  },
  readVersion: answers =>
    textField(objectOf(json(answers, 'version'))?.['version']) ??
    textField(objectOf(json(answers, 'open-webui-config'))?.['version']),
  readModels: () => null,
}
