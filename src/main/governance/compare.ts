import type { FactValue, FieldChange } from '#shared/domain/history.ts'
import type { ListedModel } from '#shared/domain/observation.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'

/** What differs between two sets of facts, name by name; nothing where they are equal. */
export function compareFacts(before: StableFacts, after: StableFacts): FieldChange[] {
  const { models: modelsBefore, access: accessBefore, bracket: bracketBefore, ...restBefore } = before
  const { models: modelsAfter, access: accessAfter, bracket: bracketAfter, ...restAfter } = after
  return [
    ...differing('behavesAs', bracketText(bracketBefore), bracketText(bracketAfter)),
    ...compareKeys('', restBefore, restAfter),
    ...compareKeys('access.', accessBefore, accessAfter),
    ...compareModels(modelsBefore, modelsAfter),
  ]
}

function compareKeys(prefix: string, before: object, after: object): FieldChange[] {
  const from = before as Readonly<Record<string, unknown>>
  const to = after as Readonly<Record<string, unknown>>
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap(key =>
    differing(`${prefix}${key}`, factValue(from[key]), factValue(to[key])),
  )
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
  return [...new Set([...from.keys(), ...to.keys()])].flatMap(name => {
    const field = `model:${name}`
    const [then, now] = [from.get(name), to.get(name)]
    if (then === undefined || now === undefined) {
      return differing(
        field,
        then === undefined ? null : contentOf(then),
        now === undefined ? null : contentOf(now),
      )
    }
    if (contentOf(then) !== contentOf(now)) return differing(field, contentOf(then), contentOf(now))
    const { modifiedAt: pulledThen, ...restThen } = then
    const { modifiedAt: pulledNow, ...restNow } = now
    return [
      ...differing(`${field}.pulledAt`, pulledThen, pulledNow),
      ...compareKeys(`${field}.`, restThen, restNow),
    ]
  })
}

/** What tells one content from another; a server that gives no digest leaves nothing but the name. */
function contentOf({ digest, name }: ListedModel): string {
  return digest ?? name
}
