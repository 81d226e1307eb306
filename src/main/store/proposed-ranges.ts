import { sql } from 'kysely'
import { change, row, rows } from './statement.ts'

export const addProposal = change<{
  import: number
  site: string
  first: Uint8Array
  last: Uint8Array
  block: string
  zone: string | null
  contact: string
  note: string
}>()((db, $) =>
  db.insertInto('proposed_ranges').values({
    import_id: $.import,
    site: $.site,
    first_key: $.first,
    last_key: $.last,
    block: $.block,
    zone: $.zone,
    contact: $.contact,
    note: $.note,
    state: sql.lit('open'),
  }),
)

export const openProposals = rows()(db =>
  db
    .selectFrom('proposed_ranges as proposal')
    .innerJoin('imports', 'imports.id', 'proposal.import_id')
    .selectAll('proposal')
    .select('imports.file')
    .where('proposal.state', '=', sql.lit('open'))
    .orderBy('proposal.site')
    .orderBy('proposal.first_key')
    .orderBy('proposal.last_key'),
)
export type ProposalRecord = ReturnType<typeof openProposals>[number]

export const decideProposal = change<{
  id: number
  state: string
  range: number | null
  at: number
  by: string
}>()((db, $) =>
  db
    .updateTable('proposed_ranges')
    .set({ state: $.state, range_id: $.range, decided_at: $.at, decided_by: $.by })
    .where('id', '=', $.id),
)

/** Takes back what nobody has decided on. */
export const removeProposals = change<{ import: number }>()((db, $) =>
  db
    .deleteFrom('proposed_ranges')
    .where('import_id', '=', $.import)
    .where('state', '<>', sql.lit('authorised')),
)

export const countAuthorised = row<{ import: number }>()((db, $) =>
  db
    .selectFrom('proposed_ranges')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('import_id', '=', $.import)
    .where('state', '=', sql.lit('authorised')),
)
