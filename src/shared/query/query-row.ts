import { formatAddressPort } from '../domain/address.ts'
import type { Disposition } from '../domain/identity.ts'
import type { InventoryPageRow } from '../domain/inventory.ts'
import { licenceIds } from '../domain/licence.ts'
import type { Model } from '../domain/model.ts'
import { type ChoiceField, type FieldName, type FieldsOf, type NamesField, parameterUnits } from './fields.ts'

/** A row of the inventory with what people said about it. */
export interface QueryRow extends Omit<InventoryPageRow, 'advisories' | 'tags' | 'note' | 'disposition'> {
  readonly tags?: readonly string[]
  readonly note?: string | null
  readonly disposition?: Disposition | null
  /** What the edition in force counts; no part of what is stored. */
  readonly advisories?: number | null
  /** Whether advisories can say anything about its version. */
  readonly isAdvised?: boolean
  /** What the score rests on; absent: not asked for. */
  readonly riskBasis?: {
    readonly likelihood: number
    readonly impact: number
    readonly factors: readonly string[]
  }
}

/** What a field holds: null where it is unknown, no member where there is known to be none; a member may be unknown. */
export type Held<T> = readonly (T | null)[] | null

/** How each field with names, or the words of a closed list, is read. */
const names: Readonly<
  Record<NamesField | ChoiceField | 'version' | 'parameters', (row: QueryRow) => Held<string>>
> = {
  site: row => [row.site],
  zone: row => unlessUnknown(row.zone),
  product: row => unlessUnknown(row.product),
  access: row => unlessUnknown(row.access),
  cors: row => unlessUnknown(row.cors),
  suspected: row => list(row.suspected),
  tls: row => [row.tls ? 'yes' : 'no'],
  tools: row => (row.toolCalling === null ? null : [row.toolCalling ? 'yes' : 'no']),
  risk: row => [row.severity],
  presence: row => [row.presence],
  version: row => (row.version === null ? null : [row.version]),
  owner: row => list(row.owner),
  running: row => row.running,
  host: row => row.hostnames,
  tag: row => row.tags ?? [],
  note: row => list(row.note ?? null),
  disposition: row => list(row.disposition ?? null),
  factor: row => row.riskBasis?.factors ?? null,
  model: ofModels(model => [model.name]),
  digest: ofModels(model => [model.digest]),
  family: ofModels(model => [model.family]),
  quantization: ofModels(model => [model.quantization]),
  capability: ofModels(model => model.capabilities ?? [null]),
  license: ofModels(model => licenceIds(model.licence)),
  remote: ofModels(model => list(model.remoteHost)),
  parameters: ofModels(model => [model.parameterSize]),
}

const numbers: Readonly<Record<FieldsOf<'count' | 'amount'>, (row: QueryRow) => Held<number>>> = {
  port: row => [row.port, ...row.endpoints.map(endpoint => endpoint.port)],
  confidence: row => [row.confidence],
  advisories: row => (row.advisories == null ? null : [row.advisories]),
  models: row => (row.models === null ? null : [row.models.length]),
  score: row => (row.score === null ? null : [row.score]),
  likelihood: row => (row.riskBasis === undefined ? null : [row.riskBasis.likelihood]),
  impact: row => (row.riskBasis === undefined ? null : [row.riskBasis.impact]),
  parameters: ofModels(model => [parameterCount(model.parameterSize)]),
  size: ofModels(model => [model.sizeBytes]),
}

/** Names, or the words of a closed list. An empty name is an unknown one. */
export function namesIn(row: QueryRow, field: FieldName): Held<string> {
  const held = (names as Partial<Record<FieldName, (row: QueryRow) => Held<string>>>)[field]?.(row) ?? null
  return held?.includes('') ? held.map(name => name || null) : held
}

export function numbersIn(row: QueryRow, field: FieldName): Held<number> {
  return (numbers as Partial<Record<FieldName, (row: QueryRow) => Held<number>>>)[field]?.(row) ?? null
}

function list(only: string | null): string[] {
  return only === null ? [] : [only]
}

function unlessUnknown(word: string): Held<string> {
  return word === 'unknown' ? null : [word]
}

function ofModels<T>(read: (model: Model) => readonly (T | null)[]) {
  return ({ models }: QueryRow): Held<T> => models?.flatMap(read) ?? null
}

/** `8.2B`, `751.63M` as servers write it; null: it says nothing. */
export function parameterCount(text: string | null): number | null {
  const match = text === null ? null : /^\s*(\d{1,9}(?:\.\d{1,6})?)\s*([kmbt])\s*$/i.exec(text)
  const unit = match?.[2]?.toLowerCase() as keyof typeof parameterUnits | undefined
  return match === null || unit === undefined ? null : Number(match[1]) * parameterUnits[unit]
}

/** Everything free text is looked for in. */
export function textsOf(row: QueryRow): string[] {
  const texts = [
    row.site,
    formatAddressPort(row.address, row.port),
    ...row.endpoints.map(endpoint => formatAddressPort(endpoint.address, endpoint.port)),
    row.product === 'unknown' ? null : row.product,
    row.version,
    row.owner,
    row.note,
    ...row.hostnames,
    ...(row.tags ?? []),
    ...(row.models ?? []).flatMap(model => [model.name, model.family, ...(model.capabilities ?? [])]),
  ]
  return texts.filter(text => text != null)
}
