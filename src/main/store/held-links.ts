import { sql } from 'kysely'
import { charactersOf, numbered, PackedNumbers } from './packed-numbers.ts'
import { builder, type ReadableStore, row } from './statement.ts'
import { keptUntilWritten } from './written-since.ts'

/** At which endpoint which instance was reached, and when: at each place of the arrays, one link. */
export interface HeldLinks {
  readonly count: number
  readonly instances: Uint32Array
  readonly endpoints: Uint32Array
  readonly linkedAt: Float64Array
  /** Infinity: the link stands. */
  readonly unlinkedAt: Float64Array
  /** How many each instance has. */
  readonly perInstance: Uint32Array
}

/** All links there ever were (24 bytes each), read again when anything was written: a link may end, or be another's. */
export const heldLinks = keptUntilWritten(readLinks)

function readLinks(store: ReadableStore): HeldLinks {
  const highest = highestOfLinks(store, {})
  const earliest = highest?.linkedFirst ?? 0
  const latest = Math.max(highest?.linkedLast ?? 0, highest?.unlinkedLast ?? 0)
  const columns = [
    { value: sql`instance_id`, largest: highest?.instance ?? 0 },
    { value: sql`endpoint_id`, largest: highest?.endpoint ?? 0 },
    { value: sql`linked_at - ${earliest}`, largest: latest - earliest },
    // 0 stands for none.
    { value: sql`unlinked_at - ${earliest - 1}`, largest: latest - earliest + 1 },
  ]
  const rows = new PackedNumbers(store, columns, values =>
    builder.selectFrom('instance_endpoints').select(numbered(values)),
  )
  const { count } = rows
  const links = {
    count,
    instances: new Uint32Array(count),
    endpoints: new Uint32Array(count),
    linkedAt: new Float64Array(count),
    unlinkedAt: new Float64Array(count),
    perInstance: new Uint32Array((highest?.instance ?? 0) + 1),
  }
  const [instance = 1, endpoint = 1, linked = 1, unlinked = 1] = columns.map(charactersOf)
  for (let index = 0; index < count; index++) {
    const of = rows.nextOf(instance)
    links.instances[index] = of
    links.endpoints[index] = rows.nextOf(endpoint)
    links.linkedAt[index] = rows.nextOf(linked) + earliest
    links.unlinkedAt[index] = (rows.nextOf(unlinked) || Number.POSITIVE_INFINITY) + earliest - 1
    links.perInstance[of] = (links.perInstance[of] ?? 0) + 1
  }
  return links
}

const highestOfLinks = row()(db =>
  db.selectNoFrom(eb => [
    eb
      .selectFrom('instances')
      .select(e => e.fn.max('id').as('id'))
      .as('instance'),
    eb
      .selectFrom('endpoints')
      .select(e => e.fn.max('id').as('id'))
      .as('endpoint'),
    eb
      .selectFrom('instance_endpoints')
      .select(e => e.fn.min('linked_at').as('at'))
      .as('linkedFirst'),
    eb
      .selectFrom('instance_endpoints')
      .select(e => e.fn.max('linked_at').as('at'))
      .as('linkedLast'),
    eb
      .selectFrom('instance_endpoints')
      .select(e => e.fn.max('unlinked_at').as('at'))
      .where('unlinked_at', 'is not', null)
      .as('unlinkedLast'),
  ]),
)
