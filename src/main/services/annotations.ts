import type {
  Disposition,
  IdentityChange,
  IdentityProposal,
  InstanceAnnotations,
} from '#shared/domain/identity.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import type { Product, Suspected } from '#shared/domain/product.ts'
import type { InstanceId } from '#shared/ids.ts'
import { type Result, succeed } from '#shared/result.ts'
import * as kept from '../store/annotations.ts'
import { addDecision } from '../store/audit.ts'
import { changesOf, dismissedProposals, openProposals, type ProposalRecord } from '../store/identity.ts'
import { type InstanceRecord, instanceById } from '../store/instances.ts'
import { raiseVersion } from '../store/inventory-rows.ts'
import { labelRow } from '../store/label-rows.ts'
import type { ReadableStore } from '../store/statement.ts'
import type { Reading, Transaction } from './context.ts'
import { findInstance } from './find-instance.ts'
import { saidOf } from './said.ts'

export function showAnnotations(
  { store }: Pick<Reading, 'store'>,
  name: string,
): Result<InstanceAnnotations> {
  const found = findInstance(store, name)
  return found.ok ? succeed(annotationsOf(store, found.value)) : found
}

/** Every open question about who is who, the likeliest first; or those that were answered with no. */
export function listProposals(
  { store }: Pick<Reading, 'store'>,
  { isDismissed } = { isDismissed: false },
): IdentityProposal[] {
  const records = isDismissed ? dismissedProposals(store, {}) : openProposals(store, {})
  return records.map(record => proposalOf(store, record))
}

export function annotationsOf(store: ReadableStore, record: InstanceRecord): InstanceAnnotations {
  const instance = record.id
  const note = kept.noteOf(store, { instance })
  const disposition = kept.dispositionOf(store, { instance })
  return {
    ...nameOf(record),
    tags: kept.tagsOf(store, { instance }).map(each => each.tag),
    note: note === undefined ? null : { text: note.note, at: isoInstant(note.at), by: note.by },
    disposition:
      disposition === undefined
        ? null
        : {
            value: disposition.disposition as Disposition,
            at: isoInstant(disposition.at),
            by: disposition.by,
          },
    proposals: listProposals({ store }).filter(({ members }) =>
      members.some(each => each.instance === instance),
    ),
    changes: changesOf(store, { instance }).map(change => ({
      at: isoInstant(change.at),
      kind: change.kind as IdentityChange['kind'],
      actor: change.actor,
      from: change.from_instance as InstanceId,
      to: change.to_instance as InstanceId,
      undone: change.undone_at !== null,
    })),
  }
}

function nameOf(record: InstanceRecord) {
  return {
    instance: record.id as InstanceId,
    site: record.site,
    address: record.address,
    port: record.port,
    product: record.product as Product,
    suspected: record.suspected as Suspected,
  }
}

function proposalOf(store: ReadableStore, record: ProposalRecord): IdentityProposal {
  const members = (JSON.parse(record.members) as number[]).map(id => {
    const instance = instanceById(store, { id })
    return instance === undefined ? { instance: id as InstanceId } : nameOf(instance)
  })
  return {
    id: record.id,
    kind: record.kind as IdentityProposal['kind'],
    members,
    confidence: record.confidence,
    reason: record.reason,
    details: JSON.parse(record.details),
    openedAt: isoInstant(record.opened_at),
  }
}

/** Keeps the decision, and shows what was said in the row. Whoever calls it raises the version of the data. */
export function putOnRecord(
  { store, now, actor }: Pick<Transaction, 'store' | 'now' | 'actor'>,
  instance: number,
  kind: string,
  body: object,
): void {
  const subject = `instance ${instance}`
  addDecision(store, { at: now, actor, kind, subject, body: JSON.stringify(body) })
  labelRow(store, instance, saidOf(store, instance))
}

/** Finds the instance, lets something be said of it, and puts that on record. */
function state<In extends { readonly instance: string }>(
  kind: string,
  say: (transaction: Transaction, instance: number, input: In) => void,
) {
  return (transaction: Transaction, input: In): Result<InstanceAnnotations> => {
    const { store } = transaction
    const found = findInstance(store, input.instance)
    if (!found.ok) return found
    say(transaction, found.value.id, input)
    const { instance: _, ...body } = input
    putOnRecord(transaction, found.value.id, kind, body)
    raiseVersion(store, {})
    return succeed(annotationsOf(store, found.value))
  }
}

export const tagInstance = state<{ instance: string; add: string[]; remove: string[] }>(
  'instance.tagged',
  ({ store }, instance, { add, remove }) => {
    for (const tag of remove) kept.removeTag(store, { instance, tag })
    for (const tag of add) kept.addTag(store, { instance, tag })
  },
)

export const noteInstance = state<{ instance: string; text: string }>(
  'instance.noted',
  ({ store, now: at, actor: by }, instance, { text: note }) => {
    if (note === '') kept.removeNote(store, { instance })
    else kept.keepNote(store, { instance, note, at, by })
  },
)

export const disposeInstance = state<{ instance: string; disposition: Disposition | null }>(
  'instance.disposed',
  ({ store, now: at, actor: by }, instance, { disposition }) => {
    if (disposition === null) kept.removeDisposition(store, { instance })
    else kept.keepDisposition(store, { instance, disposition, at, by })
  },
)
