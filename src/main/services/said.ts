import type { Disposition } from '#shared/domain/identity.ts'
import * as kept from '../store/annotations.ts'
import type { ReadableStore } from '../store/statement.ts'

/** What people said of an instance, as its row shows it. */
export interface Said {
  readonly tags: string[]
  readonly note: string | null
  readonly disposition: Disposition | null
}

export function saidOf(store: ReadableStore, instance: number): Said {
  return {
    tags: kept.tagsOf(store, { instance }).map(each => each.tag),
    note: kept.noteOf(store, { instance })?.note ?? null,
    disposition: (kept.dispositionOf(store, { instance })?.disposition ?? null) as Disposition | null,
  }
}

/** The same of several, a list of ids as JSON. */
export function saidAmong(store: ReadableStore, ids: string): (instance: number) => Said {
  const tags = Map.groupBy(kept.tagsAmong(store, { ids }), each => each.instance_id)
  const notes = new Map(kept.notesAmong(store, { ids }).map(each => [each.instance_id, each.note]))
  const dispositions = new Map(
    kept.dispositionsAmong(store, { ids }).map(each => [each.instance_id, each.disposition as Disposition]),
  )
  return id => ({
    tags: tags.get(id)?.map(each => each.tag) ?? [],
    note: notes.get(id) ?? null,
    disposition: dispositions.get(id) ?? null,
  })
}
