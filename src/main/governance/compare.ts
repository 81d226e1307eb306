import type { FactValue, FieldChange } from '#shared/domain/history.ts'
import type { ListedModel } from '#shared/domain/observation.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'

/** What differs between two sets of facts, name by name; nothing where they are equal. */
export function compareFacts(before: StableFacts, after: StableFacts): FieldChange[] {
  const { access: accessBefore, bracket: bracketBefore } = before
  const { access: accessAfter, bracket: bracketAfter } = after
  return [
    ...(bracketBefore === bracketAfter
      ? []
      : differing('behavesAs', bracketText(bracketBefore), bracketText(bracketAfter))),
    ...compareKeys('', before, after, comparedApart),
    ...compareKeys('access.', accessBefore, accessAfter),
    ...compareModels(before.models, after.models),
  ]
}

const nothing: ReadonlySet<string> = new Set()
const comparedApart: ReadonlySet<string> = new Set(['models', 'access', 'bracket'])

function compareKeys(prefix: string, before: object, after: object, without = nothing): FieldChange[] {
  const from = before as Readonly<Record<string, unknown>>
  const to = after as Readonly<Record<string, unknown>>
  const changes: FieldChange[] = []
  const compare = (key: string) => {
    // Most are the same thing: thousands of pairs are compared at a time.
    if (from[key] === to[key] || without.has(key)) return
    changes.push(...differing(`${prefix}${key}`, factValue(from[key]), factValue(to[key])))
  }
  for (const key in from) compare(key)
  for (const key in to) if (!(key in from)) compare(key)
  return changes
}

function differing(name: string, from: FactValue, to: FactValue): FieldChange[] {
  return from === to ? [] : [{ name, from, to }]
}

/** Between which releases its behaviour lies; what that rests on may differ without a difference. */
function bracketText(bracket: StableFacts['bracket']): string | null {
  if (bracket === null) return null
  const { atLeast, below } = bracket
  return [atLeast === null ? '' : `≥ ${atLeast}`, below === null ? '' : `< ${below}`]
    .filter(Boolean)
    .join(', ')
}

/** A fact as one value; what has parts is written out. */
function factValue(fact: unknown): FactValue {
  if (fact === null || fact === undefined) return null
  if (typeof fact === 'string' || typeof fact === 'number' || typeof fact === 'boolean') return fact
  return JSON.stringify(fact)
}

/** Models by name: which came, went, became other content, or were pulled again. */
export function compareModels(
  before: readonly ListedModel[] | null,
  after: readonly ListedModel[] | null,
): FieldChange[] {
  // Not knowing is no list: one line says so, instead of every model coming or going.
  if (before === null || after === null) {
    return differing('models', before?.length ?? null, after?.length ?? null)
  }
  const from = new Map(before.map(model => [model.name, model]))
  const to = new Map(after.map(model => [model.name, model]))
  const changes: FieldChange[] = []
  for (const [name, then] of from) changes.push(...compareModel(name, then, to.get(name)))
  for (const [name, now] of to) if (!from.has(name)) changes.push(...compareModel(name, undefined, now))
  return changes
}

function compareModel(
  name: string,
  then: ListedModel | undefined,
  now: ListedModel | undefined,
): FieldChange[] {
  const field = `model:${name}`
  const was = then === undefined ? null : contentOf(then)
  const is = now === undefined ? null : contentOf(now)
  if (was !== is || then === undefined || now === undefined) return differing(field, was, is)
  return [
    ...differing(`${field}.pulledAt`, then.modifiedAt, now.modifiedAt),
    ...compareKeys(`${field}.`, then, now, pulledApart),
  ]
}

const pulledApart: ReadonlySet<string> = new Set(['modifiedAt'])

/** What tells one content from another; a server that gives no digest leaves nothing but the name. */
function contentOf({ digest, name }: ListedModel): string {
  return digest ?? name
}
