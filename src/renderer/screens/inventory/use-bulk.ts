import { useState } from 'react'
import type { Disposition } from '#shared/domain/identity.ts'
import type { ManyDone } from '#shared/domain/selection.ts'
import type { Failure, Result } from '#shared/result.ts'
import { sayDone } from '../../actions/say.ts'
import { useSayUndo } from '../../actions/say-undo.tsx'
import { useParts } from '../../data/parts.tsx'
import { useCommand } from '../../data/reads.ts'
import { useWords } from '../../i18n/use-words.ts'
import { saveText } from './save-text.ts'
import type { Inventory } from './use-inventory.ts'
import { chosenOf, type InventoryPicks, idsOf } from './use-picks.ts'

export interface Bulk {
  tag(tag: string, isAdded: boolean): Promise<void>
  note(text: string): Promise<void>
  dispose(disposition: Disposition | null): Promise<void>
  assign(owner: string, note: string): Promise<void>
  exportRows(): Promise<void>
  readonly isRunning: boolean
  /** Why the last one was refused. */
  readonly failure: Failure | null
  dismiss(): void
}

/** What can be done with all chosen rows at once. */
export function useBulk(picks: InventoryPicks, rows: Inventory): Bulk {
  const { t } = useWords()
  const { client } = useParts()
  const tagging = useCommand('instances.tag')
  const noting = useCommand('instances.note')
  const disposing = useCommand('instances.dispose')
  const assigning = useCommand('owner.assign')
  const sayUndo = useSayUndo()
  const [failure, setFailure] = useState<Failure | null>(null)

  /** Shows what became of it; what was done is seen in the rows at once. */
  const tell = <T>(done: Result<T>, say: (value: T) => void) => {
    setFailure(done.ok ? null : done.failure)
    if (!done.ok) return
    say(done.value)
    rows.showNews()
  }
  const changed = ({ count, changed: so }: ManyDone) =>
    t('inventory.bulk.done', { count: so, same: count - so })
  const then = <T>(work: Promise<T>) => work.finally(rows.showNews)
  return {
    async tag(tag, isAdded) {
      const [add, remove] = isAdded ? [[tag], []] : [[], [tag]]
      const done = await tagging.run({ ...chosenOf(picks), add, remove })
      tell(done, value => {
        const back = value.before?.flatMap(each => each.instances).map(String) ?? null
        if (back === null || back.length === 0) return sayDone(changed(value))
        sayUndo(changed(value), () => then(tagging.run({ instances: back, add: remove, remove: add })))
      })
    },
    async note(text) {
      tell(await noting.run({ ...chosenOf(picks), text }), value => {
        const back = value.before?.flatMap(each => each.instances).map(String) ?? null
        if (back === null || back.length === 0) return sayDone(changed(value))
        sayUndo(changed(value), () => then(noting.run({ instances: back, text, isRemoved: true })))
      })
    },
    async dispose(disposition) {
      const done = await disposing.run({ ...chosenOf(picks), disposition })
      tell(done, value => {
        const before = value.before
        if (before === null || before.length === 0) return sayDone(changed(value))
        sayUndo(changed(value), () => then(takeBack(before)))
      })
    },
    async assign(owner, note) {
      const done = await assigning.run({ ...chosenOf(picks), owner, note })
      tell(done, ({ assigned, unchanged, refused }) =>
        sayDone(t('inventory.bulk.assigned', { count: assigned, unchanged, refused })),
      )
    },
    async exportRows() {
      const { picked, selection } = picks
      const asked = picked.all
        ? { query: selection?.query ?? '', except: idsOf(picked) }
        : { instances: idsOf(picked) }
      const text = await client.call('inventory.export', { format: 'csv', ...asked })
      tell(text, value => saveText('inventory.csv', value, 'text/csv'))
    },
    isRunning: [tagging, noting, disposing, assigning].some(each => each.isRunning),
    failure,
    dismiss: () => setFailure(null),
  }

  async function takeBack(before: NonNullable<ManyDone['before']>): Promise<Result<unknown>> {
    let last: Result<unknown> = { ok: true, value: null }
    for (const { value, instances } of before) {
      last = await disposing.run({
        instances: instances.map(String),
        disposition: value as Disposition | null,
      })
      if (!last.ok) return last
    }
    return last
  }
}
