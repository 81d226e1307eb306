import { blockSize, largestBlockSize } from '#shared/domain/address-block.ts'
import { isPublic } from '#shared/domain/address-kind.ts'
import type { ProposalAuthorisation, ProposedRange } from '#shared/domain/import.ts'
import type { Range } from '#shared/domain/range.ts'
import type { ImportId, ProposalId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { addDecision } from '../store/audit.ts'
import { decideProposal, openProposals, type ProposalRecord } from '../store/proposed-ranges.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Reading, Transaction } from './context.ts'
import { addRange, blockOf } from './ranges.ts'

/** Ranges that files name and nobody has decided on. None of them is scanned. */
export function listProposedRanges({ store }: Pick<Reading, 'store'>): ProposedRange[] {
  return openProposals(store, {}).map(record => ({
    id: record.id as ProposalId,
    importId: record.import_id as ImportId,
    file: record.file,
    block: record.block,
    site: record.site,
    zone: record.zone,
    contact: record.contact,
    note: record.note,
    public: isPublic(blockOf(record)),
  }))
}

interface Chosen {
  readonly ids: readonly number[]
  readonly importId?: number | undefined
}

/** A person's word that proposed ranges may be scanned: each becomes a range with that authorisation, or none does. */
export function authoriseProposals(
  transaction: Transaction,
  { ids, importId, ...terms }: ProposalAuthorisation,
): Result<Range[]> {
  const chosen = choose(transaction.store, { ids, importId })
  if (!chosen.ok) return chosen
  const ranges: Range[] = []
  for (const record of chosen.value) {
    const { block, site, zone } = record
    const isLarge = blockSize(blockOf(record)) > largestBlockSize
    const range = addRange(transaction, {
      ...terms,
      block,
      site,
      ...(zone !== null && { zone }),
      // Too large to enumerate: only what imports name in it is visited.
      ...(isLarge && { candidates: [] }),
    })
    if (!range.ok) return range
    decide(transaction, record, 'authorised', range.value.id)
    ranges.push(range.value)
  }
  return succeed(ranges)
}

/** Not ours, or not to be scanned. */
export function dismissProposals(transaction: Transaction, request: Chosen): Result<{ dismissed: number }> {
  const chosen = choose(transaction.store, request)
  if (!chosen.ok) return chosen
  for (const record of chosen.value) decide(transaction, record, 'dismissed', null)
  return succeed({ dismissed: chosen.value.length })
}

function choose(store: ReadableStore, { ids, importId }: Chosen): Result<ProposalRecord[]> {
  const open = openProposals(store, {})
  const missing = ids.find(id => !open.some(record => record.id === id))
  if (missing !== undefined) return fail('proposal-missing', { proposal: missing })
  const chosen = open.filter(record => ids.includes(record.id) || record.import_id === importId)
  return chosen.length === 0 ? fail('proposal-missing', { proposal: importId ?? '' }) : succeed(chosen)
}

function decide(
  { store, now: at, actor: by }: Transaction,
  { id, block, site }: ProposalRecord,
  state: 'authorised' | 'dismissed',
  range: number | null,
): void {
  decideProposal(store, { id, state, range, at, by })
  const body = JSON.stringify({ block, site, range })
  addDecision(store, { at, actor: by, kind: `proposal.${state}`, subject: `proposed range ${id}`, body })
}
