import { type HttpBehaviour, http, type TalkingBehaviour } from '../behaviour.ts'
import { nginxDialect, nginxPage } from '../wire/nginx.ts'
import { respond } from '../wire/response.ts'

/** The page nginx shows when nobody has told it what to serve. */
export function nginxWelcome(): HttpBehaviour {
  const page =
    '<!DOCTYPE html>\n<html>\n<head>\n<title>Welcome to nginx!</title>\n</head>\n<body>\n<h1>Welcome to nginx!</h1>\n<p>If you see this page, the nginx web server is successfully installed and\nworking. Further configuration is required.</p>\n</body>\n</html>\n'
  const welcome = respond(200, [['Content-Type', 'text/html']], page)
  return http(nginxDialect, request => (request.path === '/' ? welcome : nginxPage(404)))
}

/** A single-page application: the same page for every path, or a 401 where it wants a login. */
export function webApplication(guards: (path: string) => boolean): HttpBehaviour {
  const page = respond(
    200,
    [['Content-Type', 'text/html']],
    '<!doctype html><title>Intranet</title><div id="root"></div>',
  )
  const login = nginxPage(401, [['WWW-Authenticate', 'Bearer']])
  return http(nginxDialect, request => (guards(request.path) ? login : page))
}

/** SSH on the wrong port: it speaks first, and does not care for HTTP. */
export const sshServer: TalkingBehaviour = {
  kind: 'talking',
  greeting: 'SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13.5\r\n',
  reply: 'Invalid SSH identification string.\r\n',
  hangsUp: true,
}

/** Redis: takes the first line of a request for a command; a Host header is an attack to it, and it hangs up. */
export const redisServer: TalkingBehaviour = {
  kind: 'talking',
  greeting: null,
  reply: "-ERR wrong number of arguments for 'get' command\r\n",
  hangsUp: true,
}
