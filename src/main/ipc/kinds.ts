import type { NamesOf, OutputOf, ParsedOf } from '#shared/ipc/channel.ts'
import type { Contract } from '#shared/ipc/contract.ts'
import type { Result } from '#shared/result.ts'
import type { Reading, Transaction } from '../services/context.ts'
import type { Workspace } from '../services/workspace.ts'

/** A query is a function of what the store says: it can run in any thread, on a connection that cannot write. */
export type QueryHandler<K extends NamesOf<Contract, 'query'>> = (
  reading: Reading,
  input: ParsedOf<Contract, K>,
) => Result<OutputOf<Contract, K>>

export type StateHandler<K extends NamesOf<Contract, 'state'>> = (
  workspace: Workspace,
  input: ParsedOf<Contract, K>,
) => Promise<Result<OutputOf<Contract, K>>>

/** What goes on between the two ends of a command is its own business: gathered and written values fit each other there. */
export type CommandHandler<K extends NamesOf<Contract, 'command'>> = {
  readonly gather?: (workspace: Workspace, input: ParsedOf<Contract, K>) => Promise<unknown>
} & (
  | {
      readonly run: (
        transaction: Transaction,
        input: ParsedOf<Contract, K>,
        gathered: never,
      ) => Result<OutputOf<Contract, K>>
      readonly after?: undefined
    }
  | {
      readonly run: (
        transaction: Transaction,
        input: ParsedOf<Contract, K>,
        gathered: never,
      ) => Result<unknown>
      readonly after: (workspace: Workspace, written: never) => Promise<Result<OutputOf<Contract, K>>>
    }
)

export type QueryHandlers<K extends NamesOf<Contract, 'query'> = NamesOf<Contract, 'query'>> = {
  readonly [C in K]: QueryHandler<C>
}
export type StateHandlers<K extends NamesOf<Contract, 'state'> = NamesOf<Contract, 'state'>> = {
  readonly [C in K]: StateHandler<C>
}
export type CommandHandlers<K extends NamesOf<Contract, 'command'> = NamesOf<Contract, 'command'>> = {
  readonly [C in K]: CommandHandler<C>
}
