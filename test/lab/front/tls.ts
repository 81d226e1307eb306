import type { HttpBehaviour, SecureBehaviour } from '../behaviour.ts'
import type { Issued } from '../wire/certificate.ts'
import { assemble } from '../wire/dialect.ts'
import { nginxPage, nginxVersion } from '../wire/nginx.ts'
import { httpDate } from '../wire/response.ts'

/** How servers meet somebody who speaks clear text on their port of TLS. */
const toClearText = {
  /** Its own status 497, told as 400. */
  nginx: (): Buffer => {
    const page = nginxPage(400)
    const body = Buffer.from(
      page.body
        .toString()
        .replace(/400 Bad Request/, '400 The plain HTTP request was sent to HTTPS port')
        .replace('<hr>', '<center>The plain HTTP request was sent to HTTPS port</center>\r\n<hr>'),
    )
    return assemble(
      '1.1',
      400,
      [
        ['Server', nginxVersion],
        ['Date', httpDate()],
        ['Content-Type', 'text/html'],
        ['Content-Length', String(body.length)],
        ['Connection', 'close'],
      ],
      body,
    )
  },
  /** net/http: Caddy, Traefik, and everything else in Go. */
  go: (): Buffer =>
    Buffer.from('HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n'),
  /** OpenSSL without further ado, as in HAProxy, stunnel, uvicorn, Node. */
  none: (): Buffer => Buffer.alloc(0),
  /** BoringSSL and rustls: a fatal alert. */
  alert: (): Buffer => Buffer.from([21, 3, 1, 0, 2, 2, 10]),
} as const

/** TLS in front of something: the end of the encryption, as proxies do it. */
export function behindTls(
  behind: HttpBehaviour,
  certificate: Issued,
  manner: keyof typeof toClearText,
): SecureBehaviour {
  return { kind: 'secure', certificate, behind, toClearText: toClearText[manner]() }
}
