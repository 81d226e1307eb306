import { headerOf } from '../answer.ts'
import {
  type Answers,
  anyHeader,
  json,
  ok,
  type ProductRule,
  serverHeader,
  signal,
  statusOf,
  text,
} from '../product.ts'
import { digestField, modelEntries, objectOf, openAiEntries, readTags, textField } from '../readers.ts'

/**
 * Ollama itself. No answer proves it alone: LM Studio says 200 to everything, Open WebUI has an `/api/version`, llama.cpp
 * once had an `/api/tags`. Points are such that banner, version and list together are just short of certain, and the
 * framework's own habits (404 text, Origin check) decide. Sources: Ollama's handlers and gin 1.10, on the wire.
 */
export const ollama: ProductRule = {
  product: 'ollama',
  confirm: null,
  judge(answers) {
    return [
      ...signal(isBanner(answers), 'banner', 25, text(answers, 'root')),
      ...signal(versionOf(answers) !== null, 'version', 15, versionOf(answers)),
      ...modelListSignal(answers),
      ...openAiListSignal(answers),
      ...signal(isGinNotFound(answers), 'not-found', 15, text(answers, 'unknown-path')),
      ...originSignal(answers),
      ...signal(isUnadorned(answers), 'plain-headers', 5, 'no Server, no X-Powered-By'),
    ]
  },
  readVersion: versionOf,
  readModels: answers => readTags(json(answers, 'tags')),
}

/** Exactly these 17 bytes, without a newline. */
export function isBanner(answers: Answers): boolean {
  return ok(answers, 'root') !== null && text(answers, 'root') === 'Ollama is running'
}

/** `{"version":"…"}` with no other key: Open WebUI's has a second one. */
function versionOf(answers: Answers): string | null {
  const body = objectOf(json(answers, 'version'))
  return body !== null && Object.keys(body).length === 1 ? textField(body['version']) : null
}

function modelListSignal(answers: Answers) {
  const entries = modelEntries(json(answers, 'tags'))
  if (entries === null) return []
  const shaped = entries.every(
    entry =>
      typeof entry['name'] === 'string' &&
      typeof entry['size'] === 'number' &&
      digestField(entry['digest']) === entry['digest'] &&
      typeof entry['modified_at'] === 'string',
  )
  if (entries.length === 0) return signal(true, 'empty-model-list', 20, text(answers, 'tags'))
  return signal(shaped, 'model-list', 25, `${entries.length} models with bare SHA-256 digests`)
}

/** Ollama's OpenAI-compatible side: no charset, a newline at the end, the namespace as owner, `null` for no models. */
function openAiListSignal(answers: Answers) {
  const answer = ok(answers, 'v1-models')
  const entries = openAiEntries(json(answers, 'v1-models'))
  if (answer === null || entries === null) return []
  const shaped = entries.every(entry => entry['object'] === 'model' && typeof entry['created'] === 'number')
  const exact =
    headerOf(answer, 'content-type') === 'application/json' && text(answers, 'v1-models').endsWith('}\n')
  return signal(shaped, 'v1-list', exact ? 10 : 5, `${entries.length} models`)
}

/** gin's own 404: `text/plain` without a charset, no newline. Go's standard library adds both. */
export function isGinNotFound(answers: Answers): boolean {
  return statusOf(answers, 'unknown-path') === 404 && text(answers, 'unknown-path') === '404 page not found'
}

/** gin-contrib/cors answers a foreign Origin with an empty 403, or says that it is welcome; nobody else does the former. */
function originSignal(answers: Answers) {
  const answer = answers.get('origin')
  if (!answer?.ok) return []
  if (answer.status === 403 && answer.body.length === 0)
    return signal(true, 'origin-refused', 15, '403, empty')
  const welcome = headerOf(answer, 'access-control-allow-origin')
  return signal(welcome !== null, 'origin-welcome', 10, welcome)
}

function isUnadorned(answers: Answers): boolean {
  const answered = [...answers.values()].some(answer => answer.ok)
  return answered && serverHeader(answers) === '' && anyHeader(answers, 'x-powered-by') === null
}
