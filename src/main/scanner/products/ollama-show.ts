import type { ListedModel } from '#shared/domain/observation.ts'
import { atLeast, compareVersions, parseVersion } from '#shared/domain/version.ts'
import { objectOf, textField } from '../readers.ts'

/** Versions at which servers began to compute capabilities differently (docs/facts/ollama-api.md, sections 7 and 9). */
const generations = ['0.1.45', '0.2.6', '0.6.4', '0.6.8', '0.9.0', '0.12.0', '0.20.0', '0.30.0'] as const

/**
 * Which way of computing capabilities a server has. Two servers of one generation that hold the same digest must say the
 * same. A version that says nothing is a generation of its own.
 */
export function generationOf(version: string | null): string {
  const known = parseVersion(version)
  if (known === null) return `unknown ${version ?? ''}`.trim()
  return floors.findLast(({ parsed }) => compareVersions(known, parsed) >= 0)?.generation ?? '0.0'
}

const floors = generations.flatMap(generation => {
  const parsed = parseVersion(generation)
  return parsed === null ? [] : [{ generation, parsed }]
})

export interface ShownCapabilities {
  readonly capabilities: readonly string[]
  readonly method: 'declared' | 'derived'
}

/** Capabilities from the answer of `show`, or null if it holds none of what they are read from. */
export function readCapabilities(body: unknown, version: string | null): ShownCapabilities | null {
  const shown = objectOf(body)
  if (shown === null) return null
  const declared = shown['capabilities']
  if (Array.isArray(declared)) {
    const names = declared.slice(0, 100).flatMap(name => textField(name) ?? [])
    return { capabilities: [...new Set(names)].sort(), method: 'declared' }
  }
  // From 0.6.4 on a reply without capabilities means a model for which none could be computed, not "none".
  if (atLeast(version, '0.6.4') === true || !('modelfile' in shown || 'template' in shown)) return null
  return { capabilities: derive(shown, version), method: 'derived' }
}

/** The rules for servers that do not say themselves (< 0.6.4). */
function derive(shown: Readonly<Record<string, unknown>>, version: string | null): string[] {
  const actions = templateActions(typeof shown['template'] === 'string' ? shown['template'] : '')
  const families = familiesOf(shown)
  const info = objectOf(shown['model_info']) ?? {}
  const architecture = typeof info['general.architecture'] === 'string' ? info['general.architecture'] : ''
  const embedding =
    `${architecture}.pooling_type` in info || families.some(family => embeddingFamilies.has(family))
  const projector = Object.keys(objectOf(shown['projector_info']) ?? {}).length > 0
  const vision =
    projector ||
    `${architecture}.vision.block_count` in info ||
    families.some(family => visionFamilies.has(family))
  // The server itself passes tools and suffixes on since 0.2.6; before, a template that mentions them changes nothing.
  const serves = atLeast(version, '0.2.6') !== false
  return [
    embedding ? 'embedding' : 'completion',
    ...(serves && actions.some(action => /[.$]Suffix\b/.test(action)) ? ['insert'] : []),
    ...(serves && actions.some(action => /[.$]Tools\b/.test(action)) ? ['tools'] : []),
    ...(vision ? ['vision'] : []),
  ].sort()
}

const embeddingFamilies = new Set(['bert', 'nomic-bert', 'nomic-bert-moe', 'xlm-roberta', 'jina-bert-v2'])
const visionFamilies = new Set(['clip', 'mllama'])

function familiesOf(shown: Readonly<Record<string, unknown>>): string[] {
  const details = objectOf(shown['details'])
  const families = Array.isArray(details?.['families']) ? details['families'] : []
  return [details?.['family'], ...families].flatMap(family => textField(family) ?? [])
}

/**
 * The contents of `{{ … }}` in a template, each position looked at once: one regular expression over hostile text would
 * be quadratic. An action longer than 4 kB is no action.
 */
export function templateActions(template: string): string[] {
  const actions: string[] = []
  let start = template.indexOf('{{')
  let end = 0
  while (start !== -1) {
    if (end < start + 2) end = template.indexOf('}}', start + 2)
    if (end === -1) return actions
    const isAction = end - start <= 4096
    if (isAction) actions.push(template.slice(start + 2, end))
    start = template.indexOf('{{', isAction ? end + 2 : start + 2)
  }
  return actions
}

/**
 * Whether `show` is asked about a model: of every local one, once for its digest. What it can do may be in the list
 * already, its system prompt never is.
 */
export function needsShow(model: ListedModel): boolean {
  return model.remoteHost === null
}
