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

export const noteMany = sayOfMany<Chosen & { text: string }>({
  kind: 'instance.noted',
  body: ({ text }) => ({ text }),
  say: ({ store, now: at, actor: by }, instance, { text }) => {
    const before = kept.noteOf(store, { instance })?.note ?? null
    if (before?.split('\n\n').includes(text) === true) return undefined
    const note = before === null ? text : `${before}\n\n${text}`
    kept.keepNote(store, { instance, note, at, by })
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
