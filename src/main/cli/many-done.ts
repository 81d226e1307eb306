import type { BulkResult } from '#shared/domain/ownership.ts'
import { type Result, succeed } from '#shared/result.ts'
import { type Context, type ExitCode, show } from './command.ts'
import type { Words } from './words.ts'

/**
 * What a command about many did. Where all of it was refused that is a refusal: the answer still tells why for each, the
 * exit code is that of refusals. Where part of it was, the rest is done, and stderr says so, whoever reads stdout.
 */
export function showMany<T extends { readonly refused: number }>(
  context: Context,
  result: T,
  accepted: number,
  text: (result: T) => string,
): Result<ExitCode> {
  const { output, words } = context
  const shown = show(context, result, text)
  const { refused } = result
  if (refused === 0) return shown
  if (accepted === 0) return succeed(output.refuse({ code: 'all-refused', details: { count: refused } }))
  output.note(words('cli:problem.partly', { count: refused, all: refused + accepted }))
  return shown
}

/** What a step of ownership did, with the refusals one by one. */
export function showOwned(context: Context, result: BulkResult): Result<ExitCode> {
  const accepted = result.assigned + result.unchanged
  return showMany(context, result, accepted, all => bulkText(all, context.words))
}

function bulkText({ assigned, unchanged, refused, refusals }: BulkResult, words: Words): string {
  const lines = refusals.map(({ instance, reason }) =>
    words('governance:ownership.refusal', { instance, reason: words(`governance:refusal.${reason}`) }),
  )
  return [words('governance:ownership.bulk', { assigned, unchanged, refused }), ...lines].join('\n')
}
