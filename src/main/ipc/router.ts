import { type ChannelName, contract } from '#shared/ipc/contract.ts'
import { type Failure, fail, type Result } from '#shared/result.ts'
import type { Reading } from '../services/context.ts'
import { perform, type Workspace } from '../services/workspace.ts'
import { commands, queries, states } from './handlers/index.ts'

/** What a call brings along besides its input. */
export interface Asking {
  /** Nobody wants the answer any more; a query that has not begun then never does. */
  readonly signal?: AbortSignal
  /** Shows in whose name; without: whoever is the account of this machine. */
  readonly pass?: string | undefined
}

/** Answers a call, whoever asks over whatever transport. Bugs throw; everything expected is a value. */
export type Router = (channel: string, input: unknown, asking?: Asking) => Promise<Result<unknown>>

/** Tells what went wrong with the store in the closed list of failures; null: a bug. */
export type Classify = (error: unknown) => Failure | null

// The contract guarantees that handler, input and output of a channel belong together; after the lookup by a name that is
// only known at run time, the compiler cannot.
type AnyHandler = (context: unknown, input: unknown) => Promise<Result<unknown>> | Result<unknown>

/** Runs queries: in a reader thread, or wherever only reading is wanted. */
export function createQueryRouter(reading: Reading, classify: Classify): Router {
  return guarded(classify, (channel, input) => {
    const handler = queries[channel as keyof typeof queries] as AnyHandler | undefined
    return handler === undefined ? Promise.resolve(fail('needs-owner', { channel })) : handler(reading, input)
  })
}

/** Runs everything. Queries go where `runQuery` sends them. */
export function createRouter(workspace: Workspace, runQuery: Router, classify: Classify): Router {
  return guarded(classify, (channel, input, asking) => {
    const kind = contract[channel].kind
    if (kind === 'query') return runQuery(channel, input, asking)
    if (kind === 'state') return (states[channel as keyof typeof states] as AnyHandler)(workspace, input)
    return perform(
      workspace,
      channel,
      commands[channel as keyof typeof commands] as never,
      input,
      asking?.pass ?? null,
    )
  })
}

/** Lets only valid input through to what runs it. */
function guarded(
  classify: Classify,
  run: (channel: ChannelName, input: unknown, asking?: Asking) => Promise<Result<unknown>> | Result<unknown>,
): Router {
  return async (channel, input, asking) => {
    if (!Object.hasOwn(contract, channel))
      return fail('invalid-request', { channel, problem: 'no such channel' })
    const name = channel as ChannelName
    const parsed = contract[name].input.safeParse(input)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      const problem = `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim()
      return fail('invalid-request', { channel, problem })
    }
    try {
      return await run(name, parsed.data, asking)
    } catch (error) {
      const failure = classify(error)
      if (failure === null) throw error
      return { ok: false, failure }
    }
  }
}
