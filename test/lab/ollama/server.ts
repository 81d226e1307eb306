import { type HttpBehaviour, http } from '../behaviour.ts'
import { goDialect } from '../wire/go.ts'
import type { Header, Request } from '../wire/request.ts'
import { type Response, respond, withHeaders } from '../wire/response.ts'
import { error, json, notFound, openaiJson, text, wrongMethod } from './answers.ts'
import { Cors } from './cors.ts'
import { answerBlob, answerEffect, recommendations } from './effects.ts'
import type { OllamaHost } from './host.ts'
import { hostVerdict } from './host-check.ts'
import { openaiListOf, openaiModelOf, psOf, tagsOf } from './lists.ts'
import { findHeld, isCloudName, withTag } from './names.ts'
import { type Release, release as releaseOf } from './release.ts'
import { Router } from './router.ts'
import type { Handler } from './routes.ts'
import { answerShow, askedName, cloudDisabled } from './show-request.ts'

/** A genuine Ollama of the given release, byte for byte as far as it is known. */
export function ollama(host: OllamaHost): HttpBehaviour {
  const server = new OllamaServer(host)
  return http(
    goDialect,
    request => server.answer(request),
    request => server.forbids(request),
  )
}

class OllamaServer {
  readonly #host: OllamaHost
  readonly #release: Release
  readonly #router: Router
  readonly #cors: Cors
  /** Lists and details never change while the lab runs, so each is written once. */
  readonly #written = new Map<string, Response>()

  constructor(host: OllamaHost) {
    this.#host = host
    this.#release = releaseOf(host.version, host.behavesAs)
    this.#router = new Router(this.#release)
    this.#cors = new Cors(this.#release, host.origins ?? [])
  }

  /** Path cleaning, routing, CORS, Host check, handler: in the order of the real one. */
  answer(request: Request): Response {
    if (request.path === '*') return this.#answerStar(request)
    const match = this.#router.match(request.method, request.path)
    if (match.kind === 'redirect') return match.response
    const allow: Header[] =
      match.kind === 'none' && match.allow.length > 0 ? [['Allow', match.allow.join(', ')]] : []
    const cors = this.#cors.check(request)
    if (cors.kind === 'stop') return respond(cors.status, [...cors.headers, ...allow])
    const headers = [...cors.headers, ...allow]
    const host = hostVerdict(
      request,
      this.#host.bound ?? 'everywhere',
      this.#host.machineName ?? '',
      this.#release,
    )
    if (host === 'foreign') return respond(403, headers)
    if (host === 'name' && request.method === 'OPTIONS' && this.#release.since('0.1.33')) {
      return respond(204, headers)
    }
    if (match.kind === 'none') return withHeaders(allow.length > 0 ? wrongMethod : notFound, headers)
    return withHeaders(this.#handle(match.route.handler, match.parameter, request), headers)
  }

  /** Details of a cloud or remote model make the host call out: a scanner must not ask for them (facts, section 7). */
  forbids(request: Request): boolean {
    if (request.method !== 'POST' || request.path !== '/api/show') return false
    const name = askedName(request.body.toString('utf8'), this.#release)
    if (typeof name !== 'string') return false
    return (
      isCloudName(name) || (findHeld(this.#host.holds, name, this.#release)?.model.remote ?? null) !== null
    )
  }

  /** `*` is no path. ServeMux stands in front since 0.1.46 and refuses it; OPTIONS is answered by net/http itself. */
  #answerStar(request: Request): Response {
    if (request.method === 'OPTIONS') return respond(200, [['Content-Length', '0']])
    return this.#release.since('0.1.46') ? respond(400, [['Connection', 'close']]) : notFound
  }

  #handle(handler: Handler, parameter: string, request: Request): Response {
    const body = () => request.body.toString('utf8')
    switch (handler) {
      case 'root':
        return rootAnswer
      case 'version':
        return this.#once('version', () => json(200, { version: this.#release.text }))
      case 'tags':
        return this.#once('tags', () => this.#corrupt() ?? json(200, tagsOf(this.#host, this.#release)))
      case 'ps':
        return json(200, psOf(this.#host, this.#release, Date.now()))
      case 'show':
        return this.#once(body(), () => answerShow(body(), this.#host, this.#release))
      case 'status':
        return this.#once('status', () => json(200, { cloud: this.#cloud() }))
      case 'openai-list':
        return this.#once('openai', () => this.#openaiList())
      case 'openai-model':
        return this.#openaiModel(parameter)
      case 'blob':
        return answerBlob(parameter, this.#release)
      case 'recommendations':
        return recommendations
      case 'aliases':
        return json(200, { aliases: [] })
      case 'effect':
        return answerEffect(request.path, body(), this.#host, this.#release)
    }
  }

  #cloud(): { disabled: boolean; source: string } {
    const source = this.#host.cloudOff
    return { disabled: source !== undefined, source: source ?? 'none' }
  }

  #corrupt(): Response | null {
    const name = this.#host.corruptManifest
    return name === undefined ? null : error(500, `registry.ollama.ai/library/${name}: EOF`)
  }

  #openaiList(): Response {
    const name = this.#host.corruptManifest
    if (name === undefined) return openaiJson(200, openaiListOf(this.#host, this.#release))
    const message = `registry.ollama.ai/library/${name}: EOF`
    return openaiJson(500, { error: { message, type: 'api_error', param: null, code: null } })
  }

  #openaiModel(name: string): Response {
    const held = findHeld(this.#host.holds, name, this.#release)
    if (held !== null) return openaiJson(200, openaiModelOf(held, name))
    if (this.#release.since('0.18.0') && isCloudName(name)) {
      return this.#host.cloudOff === undefined ? error(401, 'unauthorized') : error(403, cloudDisabled)
    }
    const asked = this.#release.since('0.30.0') ? withTag(name) : name
    const type = this.#release.since('0.18.0') ? 'not_found_error' : 'api_error'
    return openaiJson(404, {
      error: { message: `model '${asked}' not found`, type, param: null, code: null },
    })
  }

  #once(key: string, write: () => Response): Response {
    const known = this.#written.get(key)
    if (known !== undefined) return known
    const fresh = write()
    // Bodies of `show` are keys too; a client that never asks the same twice must not fill the memory.
    if (this.#written.size < 200) this.#written.set(key, fresh)
    return fresh
  }
}

const rootAnswer = text(200, 'text/plain; charset=utf-8', 'Ollama is running')
