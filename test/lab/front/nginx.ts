import { type HttpBehaviour, http } from '../behaviour.ts'
import { nginxDialect, nginxPage } from '../wire/nginx.ts'
import type { Request } from '../wire/request.ts'
import type { Response } from '../wire/response.ts'

/** nginx in front of an Ollama: everything right, plus what a proxy adds (facts, section 12: "genuine behind that proxy"). */
export function behindNginx(behind: HttpBehaviour): HttpBehaviour {
  return http(nginxDialect, behind.answer, behind.forbids)
}

/** nginx that asks for a password on some paths; `guarded` says which. */
export function behindNginxLogin(behind: HttpBehaviour, guarded: (path: string) => boolean): HttpBehaviour {
  const answer = (request: Request): Response => (guarded(request.path) ? loginPage : behind.answer(request))
  return http(nginxDialect, answer, behind.forbids)
}

const loginPage = nginxPage(401, [['WWW-Authenticate', 'Basic realm="AI services"']])

/** nginx that lets nobody in from here: `deny all`. */
export function behindNginxDeny(): HttpBehaviour {
  return http(nginxDialect, () => forbiddenPage)
}

const forbiddenPage = nginxPage(403)

/** nginx that keeps model management to itself: `location ~ ^/api/(pull|push|create|copy|delete) { deny all; }`. */
export function behindNginxReading(behind: HttpBehaviour): HttpBehaviour {
  const manages = /^\/api\/(pull|push|create|copy|delete)$/
  const answer = (request: Request): Response =>
    manages.test(request.path) ? forbiddenPage : behind.answer(request)
  return http(nginxDialect, answer, behind.forbids)
}

/** nginx that lets nothing but reading pass, and the one POST that reads: `limit_except GET { deny all; }`. */
export function behindNginxMethods(behind: HttpBehaviour): HttpBehaviour {
  const answer = (request: Request): Response =>
    request.method === 'GET' || request.method === 'HEAD' || request.path === '/api/show'
      ? behind.answer(request)
      : forbiddenPage
  return http(nginxDialect, answer, behind.forbids)
}
