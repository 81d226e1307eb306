import type { AuditChange } from '#shared/domain/audit.ts'
import { type Failure, fail, type Result, succeed } from '#shared/result.ts'
import { mayCommand, rolesFor } from '../governance/permissions.ts'
import { transaction } from '../store/statement.ts'
import { type AuditStatement, appendAudit } from './audit-chain.ts'
import type { Owning, Transaction } from './context.ts'
import type { Identities } from './identities.ts'
import type { Identity } from './identity.ts'
import type { ReportRunner } from './report-runner.ts'
import type { ScanRunner } from './scan-runner.ts'
import type { Simulation } from './simulation.ts'

/** Everything the owner of a data folder works with. One per backend. */
export interface Workspace extends Owning {
  readonly scans: ScanRunner
  readonly simulation: Simulation
  readonly identities: Identities
  readonly reports: ReportRunner
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
  pass: string | null = null,
): Promise<Result<Out>> {
  const who = workspace.identities.of(pass)
  if (!who.ok) return who
  const identity = who.value
  if (!mayCommand(identity.role, name)) return refuse(workspace, name, input, identity)
  const gathered = (await command.gather?.(workspace, input)) as Gathered
  const written = commit(workspace, { name, input, identity }, transaction =>
    command.run(transaction, input, gathered),
  )
  if (!written.ok) return written
  workspace.emit('data.changed', { version: workspace.now() }) // others look at the same data: windows, command lines
  if (command.after === undefined) {
    await workspace.evaluation.catchUp()
    return written as Result<never>
  }
  return command.after(workspace, written.value)
}

class Refused extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.code)
    this.failure = failure
  }
}

interface Given {
  readonly name: string
  readonly input: unknown
  readonly identity: Identity
}

/** A failure rolls everything back and is audited as refused, in a second transaction. */
function commit<T>(
  workspace: Workspace,
  given: Given,
  work: (transaction: Transaction) => Result<T>,
): Result<T> {
  const { store } = workspace
  const now = workspace.now()
  const changes: AuditChange[] = []
  const changed: Transaction['changed'] = (subject, before, after) =>
    void changes.push({ subject, before, after })
  try {
    const value = transaction(store, () => {
      const result = work({ store, now, actor: given.identity.name, identity: given.identity, changed })
      if (!result.ok) throw new Refused(result.failure)
      record(workspace, given, { at: now, outcome: 'done' }, result.value ?? null, changes)
      return result.value
    })
    return succeed(value)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    transaction(store, () => record(workspace, given, { at: now, outcome: 'refused' }, error.failure, []))
    return fail(error.failure.code, error.failure.details)
  }
}

function refuse(workspace: Workspace, name: string, input: unknown, identity: Identity): Result<never> {
  return commit(workspace, { name, input, identity }, () =>
    fail('not-permitted', {
      actor: identity.name,
      role: identity.role,
      command: name,
      roles: rolesFor(name).join(', '),
    }),
  )
}

/** Values too long to be worth keeping twice: a result is also in what was changed. */
const longestResult = 20_000
const longestText = 10_000

function record(
  { store, about, randomBytes }: Workspace,
  { name, input, identity }: Given,
  { at, outcome }: Pick<AuditStatement, 'at' | 'outcome'>,
  result: unknown,
  changes: readonly AuditChange[],
): void {
  const text = withoutSecrets(result)
  const values: AuditStatement['values'] = [
    { name: 'actor', value: identity.name },
    { name: 'account', value: about.actor },
    { name: 'input', value: withoutSecrets(input) },
    { name: 'result', value: text.length > longestResult ? 'null' : text },
    ...changes.map(change => ({ name: 'change' as const, value: withoutSecrets(change) })),
  ]
  appendAudit(store, { at, command: name, outcome, values }, randomBytes)
}

function withoutSecrets(value: unknown): string {
  return JSON.stringify(value ?? null, (key, field: unknown) => {
    if (key === 'passphrase' || key === 'currentPassphrase' || key === 'secret') return undefined
    // A whole file: what became of it is in the changes.
    return typeof field === 'string' && field.length > longestText ? `${field.length} characters` : field
  })
}
