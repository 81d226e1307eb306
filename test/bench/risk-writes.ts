import { applyDecision } from '#main/services/assess-risk.ts'
import { refreshInstance } from '#main/services/instance-summary.ts'
import { knownProfiles } from '#main/services/known-profiles.ts'
import { setPresence } from '#main/store/endpoints.ts'
import { keepFindingFacts } from '#main/store/finding-writes.ts'
import { addFinding } from '#main/store/findings.ts'
import { addOwner } from '#main/store/owners.ts'
import { keepOwnership } from '#main/store/ownerships.ts'
import { transaction, type WritableStore } from '#main/store/statement.ts'
import { imaginedNow } from '../support/imagined-inventory.ts'

const each = 3

/** What happens between two looks at a screen: each call is the next of three kinds, of some other instances. */
export function disturber(store: WritableStore): () => void {
  const ids = store.connection.prepare('SELECT instance_id FROM inventory_row_keys').pluck().all() as number[]
  const profiles = [...knownProfiles(store).values()]
  const owner = addOwner(store, {
    ...{ kind: 'team', name: `Bench ${process.pid}`, email: null, externalId: null, unit: null },
    at: imaginedNow,
  }).id
  let turn = 0
  const kinds = [observe, open, assign]
  function some(): number[] {
    return Array.from({ length: each }, (_, index) => ids[(turn * 7919 + index * 104_729) % ids.length] ?? 0)
  }
  /** Seen to be there, or not, and so of another risk. */
  function observe(): void {
    for (const id of some()) {
      const endpoints = store.connection
        .prepare('SELECT endpoint_id FROM instance_endpoints WHERE instance_id = ? AND unlinked_at IS NULL')
        .pluck()
        .all(id) as number[]
      for (const endpoint of endpoints)
        setPresence(store, { id: endpoint, presence: turn % 2 === 0 ? 'present' : 'gone' })
      refreshInstance(store, id)
      const profile = profiles[(turn * 31) % profiles.length]
      if (profile !== undefined) applyDecision(store, imaginedNow, id, profile)
    }
  }
  function open(): void {
    const facts = keepFindingFacts(store, '{}')
    for (const id of some())
      addFinding(store, {
        ...{ rule: 'unauthenticated', instance: id, part: `bench-${process.pid}-${turn}`, label: '' },
        ...{
          severity: 'critical',
          verdict: 'broken',
          revision: '',
          facts,
          observations: '[]',
          status: 'open',
        },
        ...{ statusBefore: null, reason: 'broken', openedAt: imaginedNow, statusAt: imaginedNow },
        ...{ dueAt: imaginedNow + 7 * 86_400_000, dueLeftMs: null },
      })
  }
  function assign(): void {
    for (const id of some()) {
      keepOwnership(store, {
        ...{ instance: id, duty: 'technical', state: 'assigned', owner, note: '', dueOn: null },
        ...{ reason: JSON.stringify({ kind: 'stated', detail: 'bench' }), at: imaginedNow },
      })
      refreshInstance(store, id)
    }
  }
  return () => {
    transaction(store, () => kinds[turn % kinds.length]?.())
    turn++
  }
}
