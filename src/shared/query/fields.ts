import { accessOrder, Cors, Presence, severities } from '../domain/exposure.ts'
import { dispositions } from '../domain/identity.ts'
import { products } from '../domain/product.ts'
import { zones } from '../domain/range.ts'

/**
 * What a field holds, and so how its values are written:
 * choice: one of a closed list · names: text, one or several · version · count: a whole number · amount: a number
 * with a unit, one for each model · age: an instant, asked for by how long ago · address.
 */
interface Kinds {
  readonly choice: { readonly values: readonly string[] }
  /** `part`: `:` finds the text anywhere in the name, `=` the whole name. `whole`: both are the whole name. */
  readonly names: { readonly match: 'whole' | 'part' }
  readonly version: object
  readonly count: object
  readonly amount: { readonly units: Readonly<Record<string, number>>; readonly comparesOnly?: boolean }
  readonly age: object
  readonly address: object
}
export type FieldKind = keyof Kinds

export type Field = {
  [K in FieldKind]: Kinds[K] & {
    readonly kind: K
    /** States a row can be in besides having a value. A closed list that says "unknown" itself has it here. */
    readonly states: readonly ('unknown' | 'none')[]
  }
}[FieldKind]

export const parameterUnits = { k: 1e3, m: 1e6, b: 1e9, t: 1e12 } as const
export const sizeUnits = {
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
} as const

const unknown = ['unknown'] as const
const none = ['none'] as const
const both = ['unknown', 'none'] as const
const certain = [] as const
const withoutUnknown = (values: readonly string[]) => values.filter(value => value !== 'unknown')

const described = {
  address: { kind: 'address', states: certain },
  /** Only the address an instance is named after. */
  network: { kind: 'address', states: certain },
  port: { kind: 'count', states: certain },
  site: { kind: 'names', match: 'whole', states: certain },
  zone: { kind: 'choice', values: withoutUnknown(zones), states: unknown },
  product: { kind: 'choice', values: withoutUnknown(products), states: unknown },
  suspected: { kind: 'choice', values: ['ollama', 'honeypot'], states: none },
  confidence: { kind: 'count', states: certain },
  version: { kind: 'version', states: unknown },
  advisories: { kind: 'count', states: unknown },
  access: { kind: 'choice', values: withoutUnknown(accessOrder), states: unknown },
  tls: { kind: 'choice', values: ['yes', 'no'], states: certain },
  cors: { kind: 'choice', values: withoutUnknown(Cors.options), states: unknown },
  tools: { kind: 'choice', values: ['yes', 'no'], states: unknown },
  risk: { kind: 'choice', values: severities, states: certain },
  score: { kind: 'count', states: unknown },
  likelihood: { kind: 'count', states: unknown },
  impact: { kind: 'count', states: unknown },
  /** What the score rests on, factor and value in one word: `management-reachable`. */
  factor: { kind: 'names', match: 'whole', states: unknown },
  presence: { kind: 'choice', values: Presence.options, states: certain },
  owner: { kind: 'names', match: 'whole', states: none },
  models: { kind: 'count', states: unknown },
  model: { kind: 'names', match: 'part', states: both },
  digest: { kind: 'names', match: 'part', states: both },
  family: { kind: 'names', match: 'whole', states: both },
  parameters: { kind: 'amount', units: parameterUnits, states: both },
  quantization: { kind: 'names', match: 'whole', states: both },
  size: { kind: 'amount', units: sizeUnits, comparesOnly: true, states: both },
  capability: { kind: 'names', match: 'whole', states: both },
  /** By its identifier: `Apache-2.0`. */
  license: { kind: 'names', match: 'whole', states: both },
  remote: { kind: 'names', match: 'part', states: both },
  running: { kind: 'names', match: 'part', states: both },
  host: { kind: 'names', match: 'part', states: none },
  tag: { kind: 'names', match: 'whole', states: none },
  note: { kind: 'names', match: 'part', states: none },
  disposition: { kind: 'choice', values: dispositions, states: none },
  firstSeen: { kind: 'age', states: certain },
  lastSeen: { kind: 'age', states: certain },
} as const satisfies Record<string, Field>

export type FieldName = keyof typeof described
/** Everything a query can ask for by name, in the order it is offered. */
export const fields: Readonly<Record<FieldName, Field>> = described
export const fieldNames = Object.keys(described) as FieldName[]

/** Names of the fields of a kind. */
export type FieldsOf<K extends FieldKind> = {
  [N in FieldName]: (typeof described)[N]['kind'] extends K ? N : never
}[FieldName]
export type ChoiceField = FieldsOf<'choice'>
export type NamesField = FieldsOf<'names'>

/** The field of that name; case does not matter. */
export function fieldNamed(text: string): FieldName | null {
  const wanted = text.toLowerCase()
  // The level of the score is what risk is.
  if (wanted === 'level') return 'risk'
  if (wanted === 'licence') return 'license'
  return fieldNames.find(name => name.toLowerCase() === wanted) ?? null
}

/** The name somebody probably meant: few letters away. */
export function similarField(text: string): FieldName | null {
  const wanted = text.toLowerCase()
  const ranked = fieldNames
    .map(name => ({ name, steps: editSteps(wanted, name.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps)[0]
  return ranked !== undefined && ranked.steps <= Math.max(1, Math.floor(text.length / 3)) ? ranked.name : null
}

/** Letters to add, drop or replace to make one word of the other (Levenshtein). */
function editSteps(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const here = [row]
    for (let column = 1; column <= b.length; column++) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      here.push(Math.min(replaced, (above[column] ?? 0) + 1, (here[column - 1] ?? 0) + 1))
    }
    above = here
  }
  return above[b.length] ?? 0
}
