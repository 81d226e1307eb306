import { type HttpBehaviour, http } from '../behaviour.ts'
import { nginxDialect, nginxPage } from '../wire/nginx.ts'
import type { Request } from '../wire/request.ts'

const prefix = '/ollama'

/** nginx with `location /ollama/ { proxy_pass http://127.0.0.1:11434/; }` beside whatever else it serves. */
export function behindPrefix(behind: HttpBehaviour, elsewhere: HttpBehaviour): HttpBehaviour {
  const isBelow = ({ path }: Request) => path.startsWith(`${prefix}/`)
  return http(
    nginxDialect,
    request => (isBelow(request) ? behind.answer(stripped(request)) : elsewhere.answer(request)),
    request => isBelow(request) && (behind.forbids?.(stripped(request)) ?? false),
  )
}

/** The same with a password on the path. */
export function behindPrefixLogin(elsewhere: HttpBehaviour): HttpBehaviour {
  const login = nginxPage(401, [['WWW-Authenticate', 'Basic realm="ollama"']])
  return http(nginxDialect, request =>
    request.path.startsWith(`${prefix}/`) ? login : elsewhere.answer(request),
  )
}

function stripped(request: Request): Request {
  return {
    ...request,
    path: request.path.slice(prefix.length),
    target: request.target.slice(prefix.length),
  }
}
