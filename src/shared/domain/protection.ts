import type { ProbeKind } from './probe.ts'

/** What stands before one side of an interface; null where nothing does, or nobody knows. */
export interface Guard {
  /**
   * `password`: a 401; `login-page`: a redirect to one; `forbidden`: somebody's 403; `host-check`: Ollama's own empty 403 to
   * a host name it does not know.
   */
  readonly kind: 'password' | 'login-page' | 'forbidden' | 'host-check'
  /** Where a login page is: scheme and host only. */
  readonly leadsTo: string | null
}

/** Whether a route that manages models can be reached. */
export type RouteReach = 'reachable' | 'blocked' | 'unknown'

/** Model management, by the route's name. */
export const managementRoutes = ['pull', 'push', 'create', 'copy', 'delete'] as const
export type ManagementRoute = (typeof managementRoutes)[number]
export const managementKinds: Readonly<Record<ManagementRoute, ProbeKind>> = {
  pull: 'route-pull',
  push: 'route-push',
  create: 'route-create',
  copy: 'route-copy',
  delete: 'route-delete',
}

/**
 * What protects an endpoint besides what `access` and `cors` say. Stable: it stays the same from scan to scan unless somebody
 * changes it.
 */
export interface Protection {
  readonly guards: { readonly api: Guard | null; readonly v1: Guard | null }
  /** Whether any host name is accepted (then DNS rebinding works), or names are checked. */
  readonly hostCheck: 'any' | 'checked' | 'unknown'
  readonly management: Readonly<Record<ManagementRoute, RouteReach>>
  /** Who switched cloud models off, as the server says: `none`, `env`, `config`, `both`. */
  readonly cloudSource: string | null
}

export const nothingKnown: Protection = {
  guards: { api: null, v1: null },
  hostCheck: 'unknown',
  management: {
    pull: 'unknown',
    push: 'unknown',
    create: 'unknown',
    copy: 'unknown',
    delete: 'unknown',
  },
  cloudSource: null,
}
