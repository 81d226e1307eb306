import type { Observation } from '#shared/domain/observation.ts'
import { type SentKind, withoutPrefix } from '#shared/domain/probe.ts'
import { managementKinds, managementRoutes, type Protection } from '#shared/domain/protection.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'

/**
 * The stable facts an observation stands for, given what was known before. A question that *failed* (timeout, reset,
 * cut answer) is unknown and differs from nothing: the fact before it stays. A question that was *answered* without the
 * fact (a login in front hides the version) makes the fact unknown.
 */
export function stableFacts(seen: Observation, before: StableFacts | null): StableFacts {
  const fresh: StableFacts = {
    product: seen.identity.product,
    suspected: seen.identity.suspected,
    version: seen.version,
    bracket: seen.bracket,
    access: seen.access,
    cors: seen.cors,
    protection: seen.protection,
    front: seen.front,
    cloudDisabled: seen.cloudDisabled,
    certificate: seen.certificate,
    models: seen.models,
  }
  if (before === null) return fresh
  const failed = failedKinds(seen)
  // With a general question unanswered, proof is missing, not refuted.
  const unproven =
    fresh.product === 'unknown' &&
    fresh.suspected !== 'honeypot' &&
    identifying.some(kind => failed.has(kind))
  const keep = <T>(kinds: readonly SentKind[], now: T | null, then: T): T | null =>
    now === null && kinds.some(kind => failed.has(kind)) ? then : now
  return {
    product: unproven ? before.product : fresh.product,
    suspected: unproven ? before.suspected : fresh.suspected,
    version: keep(['version'], fresh.version, before.version),
    bracket: unproven ? before.bracket : stableBracket(fresh, before, failed),
    access: {
      api: failed.has('tags') && fresh.access.api === 'unknown' ? before.access.api : fresh.access.api,
      v1: failed.has('v1-models') && fresh.access.v1 === 'unknown' ? before.access.v1 : fresh.access.v1,
    },
    cors: failed.has('origin') && fresh.cors === 'unknown' ? before.cors : fresh.cors,
    protection: unproven ? before.protection : stableProtection(fresh.protection, before.protection, failed),
    front: fresh.front,
    cloudDisabled: keep(['status'], fresh.cloudDisabled, before.cloudDisabled),
    certificate: fresh.certificate,
    models: keep(['tags'], fresh.models, before.models),
  }
}

/** Whether every question was answered in whole: then what was seen stands for itself. */
export function isWholeAnswer({ probes }: Observation): boolean {
  return probes.every(({ failure, truncated }) => failure === null && !truncated)
}

const identifying: readonly SentKind[] = ['root', 'version', 'tags', 'v1-models', 'unknown-path', 'origin']

/** Each part as it is now, or as it was where the question for it failed. */
function stableProtection(now: Protection, before: Protection, failed: ReadonlySet<SentKind>): Protection {
  const reach = managementRoutes.map(route => {
    const isLost =
      now.management[route] === 'unknown' && managementRoutes.some(each => failed.has(managementKinds[each]))
    return [route, (isLost ? before : now).management[route]] as const
  })
  return {
    guards: {
      api: (failed.has('tags') ? before : now).guards.api,
      v1: (failed.has('v1-models') ? before : now).guards.v1,
    },
    hostCheck: (failed.has('host') && now.hostCheck === 'unknown' ? before : now).hostCheck,
    management: Object.fromEntries(reach) as Protection['management'],
    cloudSource: (failed.has('status') ? before : now).cloudSource,
  }
}

/** What was not answered in the end: a first page may be asked for twice, in clear text and over TLS. */
function failedKinds(seen: Observation): ReadonlySet<SentKind> {
  const last = new Map(seen.probes.map(probe => [withoutPrefix(probe.kind), probe]))
  const failed = [...last].filter(([, probe]) => probe.failure !== null || probe.truncated)
  return new Set(failed.map(([kind]) => kind))
}

/**
 * What a failed question would have told is told by the answer before it; unless the server states another version now:
 * then it is another server, and only what was seen of it counts.
 */
function stableBracket(
  fresh: StableFacts,
  before: StableFacts,
  failed: ReadonlySet<SentKind>,
): StableFacts['bracket'] {
  const isSame = fresh.version === before.version || (fresh.version === null && failed.has('version'))
  const isLess = bracketing.some(kind => failed.has(kind))
  return before.bracket !== null && isSame && isLess ? before.bracket : fresh.bracket
}

const bracketing: readonly SentKind[] = [
  ...(['version', 'tags', 'ps', 'status', 'v1-models'] as const),
  ...(['route-pull', 'route-responses', 'route-messages', 'route-web-search'] as const),
  ...(['route-transcriptions', 'route-images'] as const),
]
