import { fail, type Result } from '#shared/result.ts'
import type { Transaction } from './context.ts'
import type { PlainCommand } from './workspace.ts'

/** A change of what may be scanned, which a running scan would not notice: its plan is frozen. */
export function whileIdle<In extends { readonly id: number }, Out>(
  run: (transaction: Transaction, input: In) => Result<Out>,
): PlainCommand<In, Out, readonly number[]> {
  return {
    gather: async ({ scans }) => scans.ranges(),
    run: (transaction, input, inUse) =>
      inUse.includes(input.id) ? fail('range-in-use', { range: input.id }) : run(transaction, input),
  }
}
