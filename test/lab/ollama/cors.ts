import type { Header, Request } from '../wire/request.ts'
import { headerOf } from '../wire/request.ts'
import type { Release } from './release.ts'

/** What the CORS middleware decides before anything else happens. */
export type CorsVerdict =
  | { readonly kind: 'pass'; readonly headers: readonly Header[] }
  | { readonly kind: 'stop'; readonly status: 204 | 403; readonly headers: readonly Header[] }

const localNames = ['localhost', '127.0.0.1', '0.0.0.0']
/** Schemes of desktop programs, allowed by default since the release on the left (facts, section 3). */
const appSchemes: readonly (readonly [string, string])[] = [
  ['0.1.42', 'app://*'],
  ['0.1.42', 'file://*'],
  ['0.1.42', 'tauri://*'],
  ['0.4.0', 'vscode-webview://*'],
  ['0.5.13', 'vscode-file://*'],
]

/** gin-contrib/cors as Ollama configures it; `*` in OLLAMA_ORIGINS allows everybody. */
export class Cors {
  readonly #allowAll: boolean
  readonly #patterns: readonly (readonly [prefix: string, suffix: string | null])[]
  readonly #preflight: readonly Header[]

  constructor(release: Release, origins: readonly string[]) {
    this.#allowAll = origins.includes('*')
    const local = localNames.flatMap(name => [
      `http://${name}`,
      `https://${name}`,
      `http://${name}:*`,
      `https://${name}:*`,
    ])
    const apps = appSchemes.filter(([since]) => release.since(since)).map(([, pattern]) => pattern)
    this.#patterns = [...origins, ...local, ...apps].map(splitPattern)
    this.#preflight = preflightHeaders(release, this.#allowAll)
  }

  check(request: Request): CorsVerdict {
    const origin = headerOf(request.headers, 'origin') ?? ''
    // Same origin by comparison with the Host header, which the client chooses: no answer to DNS rebinding.
    if (origin === '' || origin === `http://${request.host}` || origin === `https://${request.host}`) {
      return { kind: 'pass', headers: [] }
    }
    if (!this.#allows(origin)) return { kind: 'stop', status: 403, headers: [] }
    const allow: Header = ['Access-Control-Allow-Origin', this.#allowAll ? '*' : origin]
    if (request.method === 'OPTIONS') {
      return { kind: 'stop', status: 204, headers: [...this.#preflight, allow] }
    }
    return { kind: 'pass', headers: this.#allowAll ? [allow] : [allow, ['Vary', 'Origin']] }
  }

  #allows(origin: string): boolean {
    if (this.#allowAll) return true
    return this.#patterns.some(([prefix, suffix]) =>
      suffix === null ? origin === prefix : origin.startsWith(prefix) && origin.endsWith(suffix),
    )
  }
}

/** One `*` may stand for anything. */
function splitPattern(pattern: string): readonly [string, string | null] {
  const star = pattern.indexOf('*')
  return star < 0 ? [pattern, null] : [pattern.slice(0, star), pattern.slice(star + 1)]
}

const plain = 'Authorization,Content-Type,User-Agent,Accept,X-Requested-With'
const stainless = (...names: readonly string[]) => names.map(name => `,X-Stainless-${name}`).join('')
/** The request headers a preflight allows, by release: server/routes.go, AllowHeaders; newest first. */
const allowedHeaders: readonly (readonly [string, string])[] = [
  [
    '0.7.0',
    `${plain},Openai-Beta${stainless(
      ...['Arch', 'Async', 'Custom-Poll-Interval', 'Helper-Method', 'Lang', 'Os', 'Package-Version'],
      ...['Poll-Helper', 'Retry-Count', 'Runtime', 'Runtime-Version', 'Timeout'],
    )}`,
  ],
  [
    '0.5.8',
    `${plain}${stainless(
      ...['Lang', 'Package-Version', 'Os', 'Arch', 'Retry-Count', 'Runtime', 'Runtime-Version', 'Async'],
      ...['Helper-Method', 'Poll-Helper', 'Custom-Poll-Interval', 'Timeout'],
    )}`,
  ],
  [
    '0.4.0',
    `${plain}${stainless(
      ...['Lang', 'Package-Version', 'Os', 'Arch', 'Retry-Count', 'Runtime', 'Runtime-Version', 'Async'],
      ...['Helper-Method', 'Poll-Helper', 'Custom-Poll-Interval'],
    )}`,
  ],
  [
    '0.1.42',
    `${plain}${stainless('Lang', 'Package-Version', 'Os', 'Arch', 'Runtime', 'Runtime-Version', 'Async')}`,
  ],
  ['0.1.33', plain],
  ['0.0.1', 'Origin,Content-Length,Content-Type'],
]

function preflightHeaders(release: Release, allowAll: boolean): Header[] {
  const headers = allowedHeaders.find(([since]) => release.since(since))?.[1] ?? ''
  const vary: Header[] = ['Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers'].map(
    name => ['Vary', name],
  )
  return [
    ['Access-Control-Allow-Headers', headers],
    ['Access-Control-Allow-Methods', 'GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS'],
    ['Access-Control-Max-Age', '43200'],
    ...(allowAll ? [] : vary),
  ]
}
