import { type Response, respond } from '../wire/response.ts'
import type { Release } from './release.ts'
import { type Route, routesOf } from './routes.ts'

/** What gin makes of a method and path. */
export type Match =
  | { readonly kind: 'route'; readonly route: Route; readonly parameter: string }
  | { readonly kind: 'redirect'; readonly response: Response }
  /** 404, or 405 with the methods the path does have. */
  | { readonly kind: 'none'; readonly allow: readonly string[] }

/** The order in which gin lists methods in `Allow`: that of its trees, which is that of first registration. */
const allowOrder = ['HEAD', 'GET', 'POST', 'DELETE'] as const

/** gin's routing and, in front of it, the path cleaning of Go's ServeMux, for one release. */
export class Router {
  readonly #static = new Map<string, Route>()
  readonly #parametric: readonly { prefix: string; route: Route }[]
  readonly #release: Release

  constructor(release: Release) {
    const all = routesOf(release)
    this.#release = release
    for (const route of all) this.#static.set(`${route.method} ${route.path}`, route)
    this.#parametric = all
      .filter(route => route.path.includes(':'))
      .map(route => ({ prefix: route.path.slice(0, route.path.indexOf(':')), route }))
  }

  match(method: string, path: string): Match {
    const cleaned = this.#cleaned(method, path)
    if (cleaned !== null) return { kind: 'redirect', response: cleaned }
    const found = this.#find(method, path)
    if (found !== null) return { kind: 'route', ...found }
    // gin, RedirectTrailingSlash: before any middleware, hence without CORS and Host checks (case host-probe-slash).
    if (path.length > 1 && path.endsWith('/') && this.#find(method, path.slice(0, -1)) !== null) {
      return { kind: 'redirect', response: redirect(method, path.slice(0, -1), method === 'GET' ? 301 : 307) }
    }
    return { kind: 'none', allow: this.#allowed(method, path) }
  }

  #find(method: string, path: string): { route: Route; parameter: string } | null {
    const exact = this.#static.get(`${method} ${path}`)
    if (exact !== undefined) return { route: exact, parameter: '' }
    for (const { prefix, route } of this.#parametric) {
      if (route.method !== method || !path.startsWith(prefix)) continue
      const parameter = path.slice(prefix.length)
      if (parameter !== '' && !parameter.includes('/')) return { route, parameter }
    }
    return null
  }

  #allowed(method: string, path: string): string[] {
    // gin's HandleMethodNotAllowed is on since 0.7.0 (facts, section 2); before, the wrong method is simply not found.
    if (!this.#release.since('0.7.0')) return []
    return allowOrder.filter(other => other !== method && this.#find(other, path) !== null)
  }

  /** Since 0.1.46 a ServeMux stands before gin and redirects paths that are not clean. */
  #cleaned(method: string, path: string): Response | null {
    if (!this.#release.since('0.1.46')) return null
    const clean = cleanPath(path)
    // Go 1.26 made this a 307; releases are built with it since 0.23.1 (facts, head; the captures were all built with 1.26).
    return clean === path ? null : redirect(method, clean, this.#release.since('0.23.1') ? 307 : 301)
  }
}

/** Go's http.cleanPath: no empty, `.` or `..` segments; a final slash stays. */
function cleanPath(path: string): string {
  if (!path.startsWith('/') || !/\/[/.]/.test(path)) return path
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(segment)
  }
  const slash = path.endsWith('/') && segments.length > 0 ? '/' : ''
  return `/${segments.join('/')}${slash}`
}

/** Go's http.Redirect: a stub page for GET, only its type for HEAD, nothing for the rest. */
function redirect(method: string, location: string, status: 301 | 307): Response {
  const reason = status === 301 ? 'Moved Permanently' : 'Temporary Redirect'
  const type = ['Content-Type', 'text/html; charset=utf-8'] as const
  if (method === 'GET') {
    return respond(status, [type, ['Location', location]], `<a href="${location}">${reason}</a>.\n\n`)
  }
  return respond(status, method === 'HEAD' ? [type, ['Location', location]] : [['Location', location]])
}
