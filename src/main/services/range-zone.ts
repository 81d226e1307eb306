import type { Range, RangeEdit } from '#shared/domain/range.ts'
import { succeed } from '#shared/result.ts'
import { instancesOfAnotherZone } from '../store/ranges.ts'
import { transaction } from '../store/statement.ts'
import { refreshInstance } from './instance-summary.ts'
import { editRange } from './ranges.ts'
import { shareReads } from './shared-reads.ts'
import { whileIdle } from './while-idle.ts'
import type { Command, Workspace } from './workspace.ts'

/** So many instances are one transaction: readers are never held up for long. */
const perTransaction = 200

/** Changes the terms of a range. What stands in it stands in its zone from then on, and is judged by that. */
export const editRangeTerms: Command<RangeEdit, Range, Range, readonly number[]> = {
  ...whileIdle(editRange),
  after: async (workspace, range) => {
    await moveToZone(workspace, range)
    await workspace.evaluation.catchUp()
    return succeed(range)
  },
}

/** Instances by the thousand take a while: others get their turn in between. */
async function moveToZone({ store }: Workspace, { id, zone }: Range): Promise<void> {
  const instances = instancesOfAnotherZone(store, { range: id, zone }).map(each => each.instance_id)
  for (let start = 0; start < instances.length; start += perTransaction) {
    transaction(store, () => {
      const shared = shareReads(store)
      for (const instance of instances.slice(start, start + perTransaction))
        refreshInstance(store, instance, shared)
    })
    await new Promise(resolve => setImmediate(resolve))
  }
}
