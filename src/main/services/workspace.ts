import { type Failure, fail, type Result, succeed } from '#shared/result.ts'
import { addAuditEntry } from '../store/audit.ts'
import { transaction } from '../store/statement.ts'
import type { Owning, Transaction } from './context.ts'
import type { ScanRunner } from './scan-runner.ts'
import type { Simulation } from './simulation.ts'

/** Everything the owner of a data folder works with. One per backend. */
export interface Workspace extends Owning {
  readonly scans: ScanRunner
  readonly simulation: Simulation
}

/**
 * Something a person does. Its rows are written by `run`, synchronously and in one transaction with the audit entry; slow
 * work happens before (`gather`) or after.
 */
export interface Command<In, Written, Out = Written, Gathered = undefined> {
  readonly gather?: (workspace: Workspace, input: In) => Promise<Gathered>
  readonly run: (transaction: Transaction, input: In, gathered: Gathered) => Result<Written>
  readonly after?: (workspace: Workspace, written: Written) => Promise<Result<Out>>
}

/** A command that begins and ends with its transaction. */
export interface PlainCommand<In, Out, Gathered = undefined> {
  readonly gather?: (workspace: Workspace, input: In) => Promise<Gathered>
  readonly run: (transaction: Transaction, input: In, gathered: Gathered) => Result<Out>
}

/** Does a command from beginning to end. The only way to change the store: nobody can forget the audit. */
export async function perform<In, Written, Out, Gathered>(
  workspace: Workspace,
  name: string,
  command: Command<In, Written, Out, Gathered>,
  input: In,
): Promise<Result<Out>> {
  const gathered = (await command.gather?.(workspace, input)) as Gathered
  const written = commit(workspace, name, input, transaction => command.run(transaction, input, gathered))
  if (!written.ok) return written
  workspace.emit('data.changed', { version: workspace.now() }) // others look at the same data: windows, command lines
  if (command.after === undefined) return written as Result<never>
  return command.after(workspace, written.value)
}

class Refused extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.code)
    this.failure = failure
  }
}

/** A failure rolls everything back and is audited as refused, in a second transaction. */
function commit<T>(
  workspace: Workspace,
  command: string,
  input: unknown,
  work: (transaction: Transaction) => Result<T>,
): Result<T> {
  const { store, about } = workspace
  const now = workspace.now()
  const entry = { at: now, actor: about.actor, command, input: JSON.stringify(input) }
  try {
    const value = transaction(store, () => {
      const result = work({ store, now, actor: about.actor })
      if (!result.ok) throw new Refused(result.failure)
      addAuditEntry(store, { ...entry, outcome: 'done', result: JSON.stringify(result.value ?? null) })
      return result.value
    })
    return succeed(value)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    transaction(store, () =>
      addAuditEntry(store, { ...entry, outcome: 'refused', result: JSON.stringify(error.failure) }),
    )
    return fail(error.failure.code, error.failure.details)
  }
}
