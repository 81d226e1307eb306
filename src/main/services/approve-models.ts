import type { HeldModel } from '#shared/domain/held-model.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { addDecision } from '../store/audit.ts'
import { approveModel as approve, revokeModel as revoke } from '../store/held-models.ts'
import type { Transaction } from './context.ts'
import { findDigest } from './held-models.ts'

/** What the register says after a decision. */
export interface Registered {
  readonly digest: string
  readonly register: HeldModel['register']
  readonly approved: HeldModel['approved']
}

/** Puts a model on the register of approved ones, also one nobody holds yet. */
export function approveModel(
  { store, now, actor }: Transaction,
  { digest: text, note }: { readonly digest: string; readonly note: string },
): Result<Registered> {
  const digest = findDigest(store, text)
  if (!digest.ok) return digest
  approve(store, { digest: digest.value, note, at: now, by: actor })
  const body = JSON.stringify({ note })
  addDecision(store, { at: now, actor, kind: 'model.approved', subject: `model ${digest.value}`, body })
  return succeed({
    digest: digest.value,
    register: 'approved',
    approved: { at: new Date(now).toISOString(), by: actor, note },
  })
}

/** Takes a model off the register; the decision and its reason stay. */
export function revokeModel(
  { store, now, actor }: Transaction,
  { digest: text, note }: { readonly digest: string; readonly note: string },
): Result<Registered> {
  const digest = findDigest(store, text)
  if (!digest.ok) return digest
  if (revoke(store, { digest: digest.value }).count === 0) return fail('model-not-approved', { model: text })
  const body = JSON.stringify({ note })
  addDecision(store, { at: now, actor, kind: 'model.revoked', subject: `model ${digest.value}`, body })
  return succeed({ digest: digest.value, register: 'revoked', approved: null })
}
