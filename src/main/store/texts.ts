import { textHash } from './keys.ts'
import { change, memoryOf, type ReadableStore, rememberedOn, row, type WritableStore } from './statement.ts'

/** The number of a text that many rows have in common. */
export function keepText(store: WritableStore, content: string): number {
  const memory = memoryOf(store)
  const remembered = memory.get(content)
  if (remembered !== undefined) return remembered
  const digest = textHash(content)
  const id = idByDigest(store, { digest })?.id ?? addText(store, { digest, content }).id
  memory.set(content, id)
  return id
}

const parsed = new WeakMap<object, Map<number, unknown>>()

/** What a text says, as JSON. The same number is the same object: it is never to be changed. */
export function readText(store: ReadableStore, id: number): unknown {
  // A number that was given in a transaction that failed is given again, to another text.
  const key = rememberedOn(store) ?? store.connection
  const known = parsed.get(key) ?? new Map<number, unknown>()
  parsed.set(key, known)
  if (known.has(id)) return known.get(id)
  const found = textById(store, { id })
  if (found === undefined) throw new Error(`no text ${id}`)
  if (known.size >= mostParsed) known.clear()
  const value: unknown = JSON.parse(found.content)
  known.set(id, value)
  return value
}
const mostParsed = 5000

/** JSON as it is kept: by the number of its text. */
export function keepJson(store: WritableStore, value: unknown): string {
  return String(keepText(store, JSON.stringify(value)))
}

/** The same read. Files of earlier layouts hold the JSON itself, which never begins with a digit. */
export function readJson(store: ReadableStore, kept: string): unknown {
  return isNumber(kept) ? readText(store, Number(kept)) : JSON.parse(kept)
}

export function isNumber(kept: string): boolean {
  const first = kept.charCodeAt(0)
  return first >= 48 && first <= 57
}

const idByDigest = row<{ digest: Uint8Array }>()((db, $) =>
  db.selectFrom('texts').select('id').where('digest', '=', $.digest),
)

const textById = row<{ id: number }>()((db, $) =>
  db.selectFrom('texts').select('content').where('id', '=', $.id),
)

const addText = change<{ digest: Uint8Array; content: string }>()((db, $) =>
  db.insertInto('texts').values({ digest: $.digest, content: $.content }),
)
