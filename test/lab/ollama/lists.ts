import { capabilitiesOf, type Details, detailsOf, listDetailsOf } from './details.ts'
import type { Held, OllamaHost, Running } from './host.ts'
import type { Release } from './release.ts'
import { goTime, secondsOf } from './time.ts'

const neverTime = '0001-01-01T00:00:00Z'

/** `GET /api/tags`: what the host holds. Key order and keys by release: facts, sections 5 and 9; api/types.go. */
export function tagsOf(host: OllamaHost, release: Release): unknown {
  if (host.holds.length === 0) return { models: emptyList(release) }
  return { models: ordered(host.holds, release).map(held => tagsEntry(held, host, release)) }
}

/** Go writes a list that was never made as null; which releases forgot to make it: facts, section 5. */
function emptyList(release: Release): [] | null {
  if (!release.since('0.1.4')) return null
  return release.since('0.1.35') && !release.since('0.1.38') ? null : []
}

/** Newest first since 0.1.35 (by whole seconds); before, in the order of the manifest files. */
function ordered(holds: readonly Held[], release: Release): Held[] {
  if (release.since('0.1.35')) {
    return [...holds].sort((a, b) => secondsOf(b.modifiedAt) - secondsOf(a.modifiedAt))
  }
  return [...holds].sort((a, b) => (manifestPath(a) < manifestPath(b) ? -1 : 1))
}

function manifestPath({ model }: Held): string {
  const slashes = model.name.split('/').length - 1
  const full =
    slashes === 2 ? model.name : `registry.ollama.ai/${slashes === 1 ? '' : 'library/'}${model.name}`
  return full.replace(/:([^:/]*)$/, '/$1')
}

function tagsEntry(held: Held, host: OllamaHost, release: Release): Record<string, unknown> {
  const { model, modifiedAt } = held
  const remote = release.since('0.12.0') ? model.remote : null
  const capabilities = release.since('0.30.0')
    ? (model.listedAs ?? capabilitiesOf(model, release, false))
    : []
  return {
    name: model.name,
    ...(release.since('0.1.21') ? { model: model.name } : {}),
    ...(remote === null ? {} : { remote_model: remote.model, remote_host: remote.host }),
    modified_at: modifiedAt,
    size: model.sizeBytes,
    digest: model.digest,
    ...(release.since('0.1.15') ? { details: listDetailsOf(model, release) } : {}),
    // One struct served both lists in 0.1.38 to 0.1.41, so each shows the other's time as zero.
    ...(sharesStruct(release) ? { expires_at: neverTime } : {}),
    ...(capabilities.length === 0 ? {} : { capabilities }),
    ...host.extraFields,
  }
}

function sharesStruct(release: Release): boolean {
  return release.since('0.1.38') && !release.since('0.1.42')
}

/** `GET /api/ps`: what is in memory, longest first. */
export function psOf(host: OllamaHost, release: Release, now: number): unknown {
  const entries = (host.running ?? []).map(running => ({ running, expires: expiryOf(running, now) }))
  entries.sort((a, b) => b.expires - a.expires)
  return { models: entries.map(({ running, expires }) => psEntry(running, expires, host, release)) }
}

/** Go's longest duration, 292 years, from a fixed day: the lab's bytes stay the same from start to start. */
const foreverMs = Date.UTC(2318, 10, 5, 12, 21, 7, 118)

function expiryOf(running: Running, now: number): number {
  return running.keptFor === 'forever' ? foreverMs : now + running.keptFor * 1000
}

function psEntry(
  running: Running,
  expires: number,
  host: OllamaHost,
  release: Release,
): Record<string, unknown> {
  const held = host.holds.find(({ model }) => model.name === running.name)
  if (held === undefined) throw new Error(`${running.name} runs but is not held`)
  const details: Details = detailsOf(held.model)
  return {
    name: running.name,
    model: running.name,
    ...(sharesStruct(release) ? { modified_at: neverTime } : {}),
    size: running.bytes,
    digest: held.model.digest,
    details,
    expires_at: goTime(expires, held.modifiedAt),
    ...(sharesStruct(release) && running.vramBytes === 0 ? {} : { size_vram: running.vramBytes }),
    ...(release.since('0.10.0') ? { context_length: running.contextLength } : {}),
    ...host.extraFields,
  }
}

/** `GET /v1/models`: OpenAI's shape of the same list; null where it is empty (facts, section 8). */
export function openaiListOf(host: OllamaHost, release: Release): unknown {
  const data = ordered(host.holds, release).map(held => openaiModelOf(held, held.model.name))
  return { object: 'list', data: data.length === 0 ? null : data }
}

/** One model in OpenAI's shape. It echoes the name as it was asked for. */
export function openaiModelOf(held: Held, name: string): Record<string, unknown> {
  const segments = held.model.name.split('/')
  return {
    id: name,
    object: 'model',
    created: secondsOf(held.modifiedAt),
    owned_by: segments[segments.length - 2] ?? 'library',
  }
}
