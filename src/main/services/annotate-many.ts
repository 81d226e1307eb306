import type { Disposition } from '#shared/domain/identity.ts'
import type { Chosen, ManyDone } from '#shared/domain/selection.ts'
import type { InstanceId } from '#shared/ids.ts'
import { type Result, succeed } from '#shared/result.ts'
import * as kept from '../store/annotations.ts'
import { raiseVersion } from '../store/inventory-rows.ts'
import type { AdvisoryShelf } from './advisory-shelf.ts'
import { putOnRecord } from './annotations.ts'
import type { Transaction } from './context.ts'
import { chosenInstances } from './selection.ts'

/** So many can be taken back from where they were done. */
const mostTold = 5000

interface Saying<In> {
  readonly kind: string
  /** Says it of one; undefined: it was said already. Otherwise what was said before. */
  readonly say: (transaction: Transaction, instance: number, input: In) => string | null | undefined
  readonly body: (input: In) => object
}

/** Says the same of many instances: one command, a decision for each that it changes. */
function sayOfMany<In extends Chosen>({ kind, say, body }: Saying<In>) {
  return (transaction: Transaction, input: In, advisories: AdvisoryShelf): Result<ManyDone> => {
    const ids = chosenInstances({ store: transaction.store, advisories }, transaction.now, input)
    if (!ids.ok) return ids
    const before = new Map<string | null, InstanceId[]>()
    let changed = 0
    for (const id of ids.value) {
      const value = say(transaction, id, input)
      if (value === undefined) continue
      changed++
      putOnRecord(transaction, id, kind, body(input))
      if (changed <= mostTold) before.set(value, [...(before.get(value) ?? []), id as InstanceId])
    }
    if (changed > 0) raiseVersion(transaction.store, {})
    const told = [...before].map(([value, instances]) => ({ value, instances }))
    return succeed({ count: ids.value.length, changed, before: changed <= mostTold ? told : null })
  }
}

export const tagMany = sayOfMany<Chosen & { add: string[]; remove: string[] }>({
  kind: 'instance.tagged',
  body: ({ add, remove }) => ({ add, remove }),
  say: ({ store }, instance, { add, remove }) => {
    let changed = 0
    for (const tag of remove) changed += kept.removeTag(store, { instance, tag }).count
    for (const tag of add) changed += kept.addTag(store, { instance, tag }).count
    return changed === 0 ? undefined : null
  },
})

const paragraph = '\n\n'

export const noteMany = sayOfMany<Chosen & { text: string; isRemoved?: boolean }>({
  kind: 'instance.noted',
  body: ({ text, isRemoved = false }) => (isRemoved ? { removed: text } : { text }),
  say: ({ store, now: at, actor: by }, instance, { text, isRemoved = false }) => {
    const before = kept.noteOf(store, { instance })?.note ?? null
    const said = before?.split(paragraph) ?? []
    if (said.includes(text) !== isRemoved) return undefined
    const note = isRemoved ? said.filter(each => each !== text) : [...said, text]
    if (note.length === 0) kept.removeNote(store, { instance })
    else kept.keepNote(store, { instance, note: note.join(paragraph), at, by })
    return before
  },
})

export const disposeMany = sayOfMany<Chosen & { disposition: Disposition | null }>({
  kind: 'instance.disposed',
  body: ({ disposition }) => ({ disposition }),
  say: ({ store, now: at, actor: by }, instance, { disposition }) => {
    const before = kept.dispositionOf(store, { instance })?.disposition ?? null
    if (before === disposition) return undefined
    if (disposition === null) kept.removeDisposition(store, { instance })
    else kept.keepDisposition(store, { instance, disposition, at, by })
    return before
  },
})
