import type { Issued } from './wire/certificate.ts'
import type { Dialect } from './wire/dialect.ts'
import type { Request } from './wire/request.ts'
import type { Response } from './wire/response.ts'

/** What stands at one address and port. */
export type Behaviour = HttpBehaviour | SecureBehaviour | TalkingBehaviour | QuietBehaviour

/** A program that speaks HTTP: what it answers, and in the manner of which HTTP library. */
export interface HttpBehaviour {
  readonly kind: 'http'
  readonly dialect: Dialect
  readonly answer: (request: Request) => Response
  /** Requests that are harmless in general but not to this program (details of a cloud model). */
  readonly forbids?: (request: Request) => boolean
}

/** A program that speaks HTTP over TLS. */
export interface SecureBehaviour {
  readonly kind: 'secure'
  readonly certificate: Issued
  readonly behind: HttpBehaviour
  /** What it says to somebody who speaks clear text, before it hangs up. */
  readonly toClearText: Buffer
}

/** A program that speaks another protocol. */
export interface TalkingBehaviour {
  readonly kind: 'talking'
  /** Sent as soon as somebody connects. */
  readonly greeting: string | null
  /** Sent for whatever comes in; the connection then ends if `hangsUp`. */
  readonly reply: string | null
  readonly hangsUp: boolean
}

/**
 * `mute` accepts and never says anything, `hanging-up` accepts and closes, `refusing` has nothing listening,
 * `silent` does not even complete the handshake, as behind a firewall that drops.
 */
export interface QuietBehaviour {
  readonly kind: 'mute' | 'hanging-up' | 'refusing' | 'silent'
}

export function http(
  dialect: Dialect,
  answer: HttpBehaviour['answer'],
  forbids?: HttpBehaviour['forbids'],
): HttpBehaviour {
  return forbids === undefined
    ? { kind: 'http', dialect, answer }
    : { kind: 'http', dialect, answer, forbids }
}
