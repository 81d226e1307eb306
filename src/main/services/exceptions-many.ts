import type { ExceptionsRequest, ExceptionsRequested } from '#shared/domain/exception.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { findingById, movedSince } from '../store/findings.ts'
import type { Transaction } from './context.ts'
import { exceptionLimit } from './exception-limit.ts'
import { askForException, readTerms } from './exceptions.ts'
import { factCache, readFacts } from './instance-facts.ts'
import { ownershipBasis } from './ownership.ts'

/** Asks for the same leave for many findings, each signed for itself, unless one of them has moved since somebody looked. */
export function requestExceptions(
  transaction: Transaction,
  { findings, seenAt, ...request }: ExceptionsRequest,
): Result<ExceptionsRequested> {
  const { store: writable, now } = transaction
  const terms = readTerms(request, now, exceptionLimit(writable, now))
  if (!terms.ok) return terms
  const since = movedSince(writable, { ids: JSON.stringify(findings), at: Date.parse(seenAt) })?.count ?? 0
  if (since > 0) return fail('findings-changed', { count: since })
  const records = findings.flatMap(id => findingById(writable, { id }) ?? [])
  const basis = ownershipBasis(writable, false)
  const instances = [...new Set(records.map(record => record.instance_id))]
  const facts = readFacts(writable, instances, now, basis, factCache(writable, null))
  let requested = 0
  for (const finding of records) {
    const asked = askForException(transaction, {
      finding,
      terms: terms.value,
      basis,
      facts,
      owner: request.owner,
    })
    if (asked.ok) requested++
    else if (asked.failure.code === 'actor-required') return asked
  }
  return succeed({ requested, refused: findings.length - requested, expiresOn: terms.value.expiresOn })
}
