import type { Presence } from '#shared/domain/exposure.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'
import { type LinkRecord, type SpellAt, snapshotAt, spellAt } from '../store/history.ts'
import { readSnapshot } from '../store/snapshots.ts'
import type { ReadableStore } from '../store/statement.ts'

/** One way in, as it was at an instant. */
export interface EndpointThen {
  readonly link: LinkRecord
  readonly spell: SpellAt
  /** What it had last shown, then or before; null: it had never answered. */
  readonly snapshot: number | null
}

/** What an instance was at an instant, as far as scans had seen by then. */
export interface InstanceThen {
  readonly presence: Presence
  /** Its ways in that had been seen by then, those that answered first. */
  readonly endpoints: readonly EndpointThen[]
  /** The one it is named after. */
  readonly leading: EndpointThen
}

const presenceOf = {
  answered: 'present',
  refused: 'not-listening',
  silent: 'gone',
  unreachable: 'unreachable',
} as const satisfies Record<string, Presence>

/** What an outcome means for an instance that used to answer there. */
export function presenceAfter(outcome: string): Presence {
  return presenceOf[outcome as keyof typeof presenceOf]
}

const order: readonly Presence[] = ['present', 'not-listening', 'unreachable', 'gone']

/** null: nobody had seen it by then. */
export function instanceAt(
  store: ReadableStore,
  links: readonly LinkRecord[],
  at: number,
): InstanceThen | null {
  const endpoints = links.flatMap(link => {
    if (link.linked_at > at || (link.unlinked_at ?? Number.POSITIVE_INFINITY) <= at) return []
    const spell = spellAt(store, { endpoint: link.endpoint_id, at })
    if (spell === undefined) return []
    const snapshot = spell.snapshot_id ?? snapshotAt(store, { endpoint: link.endpoint_id, at })?.snapshot_id
    return [{ link, spell, snapshot: snapshot ?? null }]
  })
  const rankOf = ({ spell }: EndpointThen) => order.indexOf(presenceAfter(spell.outcome))
  const sorted = endpoints.sort(
    (a, b) => rankOf(a) - rankOf(b) || b.link.confidence - a.link.confidence || a.link.port - b.link.port,
  )
  const [leading] = sorted
  if (leading === undefined) return null
  return { presence: presenceAfter(leading.spell.outcome), endpoints: sorted, leading }
}

/** What the endpoint had last shown then. */
export function factsThen(store: ReadableStore, { snapshot }: EndpointThen): StableFacts | null {
  return snapshot === null ? null : readSnapshot(store, snapshot)
}
