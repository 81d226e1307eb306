import { decodeFirst, mismatchOf, textField } from '../wire/go-decode.ts'
import type { Response } from '../wire/response.ts'
import { error, json } from './answers.ts'
import type { OllamaHost } from './host.ts'
import { findHeld, isCloudName, isValidName, withTag } from './names.ts'
import type { Release } from './release.ts'
import { showOf } from './show.ts'

export const cloudDisabled = 'ollama cloud is disabled: remote model details are unavailable'

/** `POST /api/show`: the body is judged step by step, as the handler does (facts, section 2; cases show-err-*). */
export function answerShow(body: string, host: OllamaHost, release: Release): Response {
  const name = askedName(body, release)
  return typeof name === 'string' ? answerShowOf(name, host, release) : name
}

/** The name asked for, or the error the body earns. */
export function askedName(body: string, release: Release): string | Response {
  const decoded = decodeFirst(body)
  if ('error' in decoded) return error(400, bodyError(decoded.error, release))
  const mismatch = mismatchOf(decoded.value, 'ShowRequest')
  if (mismatch !== null) return error(400, mismatch)
  const model = release.since('0.1.21') ? textField(decoded.value, 'model', 'ShowRequest') : ''
  if (typeof model !== 'string') return error(400, model.error)
  const name = textField(decoded.value, 'name', 'ShowRequest')
  if (typeof name !== 'string') return error(400, name.error)
  if (model !== '' || name !== '') return model !== '' ? model : name
  if (!release.since('0.1.4')) return error(404, "model '' not found")
  return error(400, release.since('0.1.21') ? 'model is required' : 'name is required')
}

/** Ollama says "missing request body" for an empty one since 0.1.4; before, the decoder's own word. */
export function bodyError(decoderSays: string, release: Release): string {
  return decoderSays === 'EOF' && release.since('0.1.4') ? 'missing request body' : decoderSays
}

function answerShowOf(name: string, host: OllamaHost, release: Release): Response {
  const refused = refusalOf(name, host, release)
  if (refused !== null) return refused
  const held = findHeld(host.holds, name, release)
  if (held === null || held.damaged === true) {
    return error(404, `model '${echoOf(name, release)}' not found`)
  }
  const off = host.cloudOff !== undefined && release.since('0.16.2')
  if (held.model.remote !== null && off) return error(403, cloudDisabled)
  return json(200, showOf(held, host, release))
}

/** Names that are not looked up at all. */
function refusalOf(name: string, host: OllamaHost, release: Release): Response | null {
  if (release.since('0.18.0') && isCloudName(name)) {
    if (host.cloudOff !== undefined) return error(403, cloudDisabled)
    // The real server would now call ollama.com; the lab calls nobody. Such a request counts as forbidden.
    return json(401, { error: 'unauthorized', signin_url: 'https://ollama.com/connect?name=lab&key=bGFi' })
  }
  if (isValidName(name)) return null
  // Observed: 0.5.7 to 0.14.3 fail with 500, 0.18.0 and later say 400; before, a bad name was just not found.
  if (release.since('0.18.0')) return error(400, 'invalid model name')
  return release.since('0.5.0') ? error(500, 'invalid model path') : null
}

/** Since 0.30 the name is echoed as completed (facts, section 2); since 0.18 without its tag `local`. */
function echoOf(name: string, release: Release): string {
  const asked = release.since('0.18.0') ? name.replace(/:local$/, '') : name
  return release.since('0.30.0') ? withTag(asked) : asked
}
