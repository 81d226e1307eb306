import type { FactValue, FieldChange } from '#shared/domain/history.ts'
import { formatMoment } from '../format/dates.ts'
import type { Language } from '../format/language.ts'
import { formatBytes, formatNumber } from '../format/numbers.ts'
import type { Words } from '../i18n/use-words.ts'

/** Names of facts that have words of their own, and where those are. */
const labels = {
  product: 'product',
  suspected: 'suspected',
  version: 'version',
  behavesAs: 'behavesAs',
  access: 'access',
  'access.api': 'accessApi',
  'access.v1': 'accessV1',
  cors: 'cors',
  front: 'front',
  cloudDisabled: 'cloudDisabled',
  certificate: 'certificate',
  protection: 'protection',
  address: 'address',
  models: 'models',
  presence: 'presence',
  status: 'status',
  add: 'add',
  remove: 'remove',
  text: 'text',
  disposition: 'disposition',
} as const

const modelParts = [
  ...(['pulledAt', 'family', 'parameterSize', 'quantization', 'sizeBytes', 'capabilities'] as const),
  ...(['remoteHost', 'remoteModel', 'contextLength', 'embeddingLength', 'families', 'format'] as const),
] as const

/** `model:llama3.2:3b.pulledAt`: which model, and which part of what is said of it. */
function modelPart(name: string): { readonly model: string; readonly part: string | null } | null {
  if (!name.startsWith('model:')) return null
  const whole = name.slice('model:'.length)
  const part = modelParts.find(each => whole.endsWith(`.${each}`)) ?? null
  return { model: part === null ? whole : whole.slice(0, -part.length - 1), part }
}

/** What a fact is called. */
export function fieldLabel(name: string, t: Words): string {
  const model = modelPart(name)
  if (model !== null) {
    if (model.part === null) return t('history:field.model', { model: model.model })
    const part = model.part === 'pulledAt' ? t('history:field.pulledAt') : model.part
    return `${t('history:field.model', { model: model.model })} · ${part}`
  }
  if (Object.hasOwn(labels, name)) return t(`history:field.${labels[name as keyof typeof labels]}`)
  const [group = '', part = ''] = name.split('.')
  if (group === 'owner' || group === 'ownership')
    return t(`history:field.${group}`, { duty: say(t, `governance:duty.${part}`) })
  if (group === 'protection' || group === 'certificate') return `${t(`history:field.${group}`)} · ${part}`
  return name
}

/** That a model came, went, or became another content; null: it is another fact. */
export function modelSentence({ name, from, to }: FieldChange, t: Words): string | null {
  const found = modelPart(name)
  if (found === null || found.part !== null) return null
  const { model } = found
  if (from === null) return t('history:model.added', { model })
  if (to === null) return t('history:model.removed', { model })
  const short = (digest: FactValue) => String(digest).slice(0, 12)
  return t('history:model.other', { model, from: short(from), to: short(to) })
}

/** Where the words of each closed list are. */
const lists: Readonly<Record<string, string>> = {
  access: 'terms:access.',
  'access.api': 'terms:access.',
  'access.v1': 'terms:access.',
  cors: 'terms:cors.',
  presence: 'terms:presence.',
  product: 'terms:product.',
  suspected: 'terms:suspected.',
  status: 'governance:findingStatus.',
  disposition: 'identity:whose.',
}

/** A value as people read it. What is not there is said for what it is: a model not held, a fact not known. */
export function fieldValue(name: string, value: FactValue, t: Words, language: Language): string {
  if (value === null) return absent(name, t)
  if (typeof value === 'boolean') return t(value ? 'terms:yes' : 'terms:no')
  const list = name.startsWith('ownership.') ? 'governance:ownershipState.' : lists[name]
  if (list !== undefined && typeof value === 'string') return say(t, `${list}${value}`)
  if (name.endsWith('.pulledAt') && !Number.isNaN(Date.parse(String(value))))
    return formatMoment(Date.parse(String(value)), language)
  if (typeof value === 'number')
    return name.endsWith('.sizeBytes') ? formatBytes(value, language) : formatNumber(value, language)
  // Twelve digits of a digest are what people compare.
  return /^[0-9a-f]{64}$/.test(value) ? value.slice(0, 12) : value
}

function absent(name: string, t: Words): string {
  const model = modelPart(name)
  if (model !== null && model.part === null) return t('history:value.notHeld')
  if (name.startsWith('owner')) return t('history:value.nobody')
  if (name === 'status' || name === 'disposition' || name === 'suspected') return t('terms:none')
  return t('terms:unknown')
}

/** A word of a closed list; a test compares that each has one. */
function say(t: Words, key: string): string {
  return (t as unknown as (key: string) => string)(key)
}

/** A fact that has parts is told part by part: only those that differ. */
export function expandChange(change: FieldChange): FieldChange[] {
  const [from, to] = [partsOf(change.from), partsOf(change.to)]
  if (from === null || to === null) return [change]
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])]
  return names.flatMap(part => {
    const [was, is] = [partValue(from[part]), partValue(to[part])]
    return was === is ? [] : [{ name: `${change.name}.${part}`, from: was, to: is }]
  })
}

function partsOf(value: FactValue): Record<string, unknown> | null {
  if (typeof value !== 'string' || !value.startsWith('{')) return null
  try {
    return JSON.parse(value) as Record<string, unknown>
  } catch {
    return null
  }
}

function partValue(part: unknown): FactValue {
  if (part === null || part === undefined) return null
  return typeof part === 'object' ? JSON.stringify(part) : (part as FactValue)
}
