import { type HttpBehaviour, http } from '../behaviour.ts'
import { nginxDialect, nginxPage } from '../wire/nginx.ts'

/** nginx with oauth2-proxy behind `auth_request`: whoever has no session is sent to the login page. */
export function behindLoginPage(login: string): HttpBehaviour {
  return http(nginxDialect, request =>
    nginxPage(302, [['Location', `${login}?rd=${encodeURIComponent(request.target)}`]]),
  )
}
