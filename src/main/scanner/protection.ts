import type { ProbeKind } from '#shared/domain/probe.ts'
import type { Identity } from '#shared/domain/product.ts'
import {
  type Guard,
  type ManagementRoute,
  managementKinds,
  managementRoutes,
  type Protection,
  type RouteReach,
} from '#shared/domain/protection.ts'
import { headerOf } from './answer.ts'
import { guardOf } from './exposure.ts'
import { type Answers, json, ok, text } from './product.ts'
import { objectOf, textField } from './readers.ts'

/**
 * Asks a proven Ollama what protects it: whether it minds a foreign host name, and whether the routes that manage models are
 * reached. All are GETs that no handler answers; the allow-list refuses the routes before 0.7.0, where a GET would not tell.
 */
export async function askProtection(
  answers: Answers,
  ask: (kind: ProbeKind) => Promise<void>,
  { product }: Identity,
): Promise<void> {
  if (product !== 'ollama') return
  // A 403 is never followed by other headers: only who has answered is asked under another name.
  if (ok(answers, 'version') !== null) await ask('host')
  for (const route of managementRoutes) {
    const kind = managementKinds[route]
    if (!answers.has(kind)) await ask(kind)
    const answer = answers.get(kind)
    // Not allowed, or no answer: the others would come to the same.
    if (answer?.ok !== true) return
  }
}

export function protectionOf(answers: Answers): Protection {
  const source = objectOf(objectOf(json(answers, 'status'))?.['cloud'])?.['source']
  return {
    guards: { api: guardAt(answers, 'tags'), v1: guardAt(answers, 'v1-models') },
    hostCheck: hostCheckOf(answers),
    management: reachOf(answers),
    cloudSource: textField(source),
  }
}

function guardAt(answers: Answers, kind: ProbeKind): Guard | null {
  const guard = guardOf(answers, kind)
  const answer = answers.get(kind)
  if (guard === null || answer?.ok !== true) return null
  if (guard !== 'login') return { kind: guard, leadsTo: null }
  const location = headerOf(answer, 'location')
  return answer.status === 401 || answer.status === 407
    ? { kind: 'password', leadsTo: null }
    : { kind: 'login-page', leadsTo: originOf(location) }
}

/** Scheme and host: the rest of such an address holds states and tickets, different every time. */
function originOf(location: string | null): string | null {
  const url = URL.parse((location ?? '').slice(0, 2000))
  return url === null || url.origin === 'null' ? null : textField(url.origin)
}

function hostCheckOf(answers: Answers): Protection['hostCheck'] {
  if (ok(answers, 'host') !== null) return 'any'
  const isChecked = guardOf(answers, 'host') !== null || guardOf(answers, 'tags') === 'host-check'
  return isChecked ? 'checked' : 'unknown'
}

function reachOf(answers: Answers): Protection['management'] {
  const entries = managementRoutes.map(route => [route, reachOfRoute(answers, route)] as const)
  return Object.fromEntries(entries) as Record<ManagementRoute, RouteReach>
}

/**
 * Ollama's own 405, which names the method the route does take, proves that the way to the route is open; a guard's answer,
 * or a 404 that is not Ollama's, that it is not. Whether something lets GET pass and POST not, only a POST would tell.
 */
function reachOfRoute(answers: Answers, route: ManagementRoute): RouteReach {
  const kind = managementKinds[route]
  const answer = answers.get(kind)
  if (answer?.ok !== true) return 'unknown'
  const takes = route === 'delete' ? 'DELETE' : 'POST'
  const isOwn = answer.status === 405 && text(answers, kind) === '405 method not allowed'
  if (isOwn && headerOf(answer, 'allow')?.includes(takes) === true) return 'reachable'
  if (guardOf(answers, kind) !== null) return 'blocked'
  return answer.status === 404 && text(answers, kind) !== '404 page not found' ? 'blocked' : 'unknown'
}
