import type { RunningModel } from '#shared/domain/model.ts'
import type { ListedModel } from '#shared/domain/observation.ts'

/**
 * Reads what servers say into Paddock's terms. Everything is optional, of any type and of any length: a field that is
 * not what it should be is unknown, an entry without a name is no entry, and nothing here throws.
 */
type Json = Readonly<Record<string, unknown>>

const longestText = 512
/** More than any server lists (the study's largest "public libraries" have some hundreds); the rest is left out. */
const mostModels = 10_000

export function objectOf(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null
}

function objectsOf(list: readonly unknown[]): readonly Json[] {
  return list.slice(0, mostModels).flatMap(entry => {
    const object = objectOf(entry)
    return object === null ? [] : [object]
  })
}

/** Control characters, line separators and bidirectional overrides: they must not reach a terminal or a grid. */
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/** A text of at most 512 characters, unprintable ones replaced; null for '', 'unknown' and anything else. */
export function textField(value: unknown): string | null {
  if (typeof value !== 'string' || value === '' || value === 'unknown') return null
  // Half a surrogate pair, sent or left by the cut, is no text: the store would turn it into something else.
  return value.slice(0, longestText).replace(unprintable, '\ufffd').toWellFormed()
}

function countField(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}

function listField(value: unknown): readonly string[] | null {
  if (!Array.isArray(value)) return null
  const texts = value.slice(0, 100).flatMap(item => textField(item) ?? [])
  return [...new Set(texts)].sort()
}

/** Whether a field is a text that begins so. A field may be an object, which `String()` would ask for its own `toString`. */
export function startsWith(value: unknown, start: string): value is string {
  return typeof value === 'string' && value.startsWith(start)
}

/** `a1b2…` or `sha256:a1b2…` → 64 lower-case hex digits. */
export function digestField(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const match = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(value)
  return match?.[1]?.toLowerCase() ?? null
}

/** RFC 3339 with up to nine fractional digits and any offset → UTC with exactly nine; null if it is no instant. */
export function instantField(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(value)
  const at = match === null ? Number.NaN : Date.parse(`${match[1]}${match[3]}`)
  if (Number.isNaN(at)) return null
  const utc = new Date(at).toISOString()
  // The offset can carry it out of the years that are written with four digits.
  return utc.length === 24 ? `${utc.slice(0, 19)}.${(match?.[2] ?? '').padEnd(9, '0')}Z` : null
}

/** The entries of `{"models":[…]}`. `null` (Ollama < 0.1.4 and 0.1.35–0.1.37) is an empty list; no list is unknown. */
export function modelEntries(body: unknown): readonly Json[] | null {
  const models = objectOf(body)?.['models']
  if (models === null && body !== null) return []
  if (!Array.isArray(models)) return null
  return objectsOf(models)
}

/**
 * The models of a list, by name. The order of the answer says nothing: entries written in the same second come in another
 * order at every call (measured, 0.1.45 to 0.33.0).
 */
export function readTags(body: unknown): ListedModel[] | null {
  const entries = modelEntries(body)
  if (entries === null) return null
  return entries.flatMap(readEntry).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

function readEntry(entry: Json): ListedModel[] {
  const name = textField(entry['name']) ?? textField(entry['model'])
  if (name === null) return []
  const details = objectOf(entry['details'])
  return [
    {
      name,
      digest: digestField(entry['digest']),
      modifiedAt: instantField(entry['modified_at']),
      sizeBytes: countField(entry['size']),
      format: textField(details?.['format']),
      family: textField(details?.['family']),
      families: listField(details?.['families']) ?? [],
      parameterSize: textField(details?.['parameter_size']),
      quantization: textField(details?.['quantization_level']),
      remoteModel: textField(entry['remote_model']),
      remoteHost: textField(entry['remote_host']),
      contextLength: countField(details?.['context_length']),
      capabilities: listField(entry['capabilities']),
    },
  ]
}

export function readRunning(body: unknown): RunningModel[] | null {
  const entries = modelEntries(body)
  if (entries === null) return null
  return entries.flatMap(entry => {
    const name = textField(entry['name']) ?? textField(entry['model'])
    if (name === null) return []
    return {
      name,
      digest: digestField(entry['digest']),
      sizeBytes: countField(entry['size']),
      vramBytes: countField(entry['size_vram']),
      expiresAt: instantField(entry['expires_at']),
      contextLength: countField(entry['context_length']),
    }
  })
}

/** The entries of an OpenAI-style list; `"data":null` (an empty Ollama) is an empty list. */
export function openAiEntries(body: unknown): readonly Json[] | null {
  const list = objectOf(body)
  if (list?.['object'] !== 'list') return null
  if (list['data'] === null) return []
  return Array.isArray(list['data']) ? objectsOf(list['data']) : null
}

/**
 * The names in an imitated `tags`. Everything else there is filled in, not measured: LocalAI's digest is a hash of the
 * name and its instant the time of the question, KoboldCpp's figures never change.
 */
export function readImitatedTags(body: unknown): ListedModel[] | null {
  return readTags(body)?.map(({ name }) => ({ ...unknownModel, name })) ?? null
}

/** Names only: all that look-alikes without a list of their own tell. */
export function readOpenAiModels(body: unknown): ListedModel[] | null {
  return (
    openAiEntries(body)?.flatMap(entry => {
      const name = textField(entry['id'])
      return name === null ? [] : { ...unknownModel, name }
    }) ?? null
  )
}

const unknownModel: Omit<ListedModel, 'name'> = {
  digest: null,
  modifiedAt: null,
  sizeBytes: null,
  format: null,
  family: null,
  families: [],
  parameterSize: null,
  quantization: null,
  remoteModel: null,
  remoteHost: null,
  contextLength: null,
  capabilities: null,
}
