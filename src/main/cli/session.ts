import { setTimeout as sleep } from 'node:timers/promises'
import type { ChannelName, Client, EventName, EventOf } from '#shared/ipc/contract.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { type Held, joinOwner, openBackend } from '../compose.ts'
import type { Program } from '../program.ts'

/** A way to ask the owner of a data folder, whether that is this process or another. */
export interface Session {
  readonly call: Client
  /** From now on in the name of this actor. */
  actAs(actor: string, passphrase: string): Promise<Result<void>>
  onEvent<K extends EventName>(name: K, listener: (value: EventOf<K>) => void): void
  /** Resolves if the owner goes away while it is still needed. */
  readonly lost: Promise<void>
  close(): Promise<void>
}

/** How long to wait for an owner that is on its way out, or has only just come. */
const patienceMs = 5000

/**
 * Opens the data folder, or joins whoever owns it (the console, another command): commands and questions then go to that
 * process, and both see the same.
 */
export async function openSession(dataFolder: string, program: Program): Promise<Result<Session>> {
  for (let waitedMs = 0; ; waitedMs += 50) {
    const opened = await openBackend({ dataFolder, program, holderName: 'command line', readers: 0 })
    if (!opened.ok) return opened
    if ('call' in opened.value) return succeed(sessionOf(opened.value, opened.value.close, never))
    const joined = await joinOwner(opened.value)
    if (joined !== null) return succeed(sessionOf(joined, async () => joined.close(), joined.lost))
    if (waitedMs >= patienceMs) return heldBy(opened.value, dataFolder)
    await sleep(50)
  }
}

interface Callable {
  readonly call: (
    channel: string,
    input: unknown,
    asking?: { readonly pass?: string | undefined },
  ) => Promise<Result<unknown>>
  onEvent(listener: (name: EventName, value: unknown) => void): void
}

/** This process owns the folder: it cannot lose itself. */
const never = new Promise<void>(() => {})

function sessionOf(
  { call, onEvent }: Callable,
  close: (patient: boolean) => Promise<void>,
  lost: Promise<void>,
): Session {
  let pass: string | undefined
  return {
    lost,
    async actAs(actor, passphrase) {
      const unlocked = await call('actor.unlock', { actor, passphrase })
      if (!unlocked.ok) return unlocked
      pass = (unlocked.value as { pass: string }).pass
      return succeed(undefined)
    },
    // The router has checked input and output against the contract's types.
    call: ((channel: ChannelName, input: unknown) => call(channel, input, { pass })) as Client,
    onEvent: (name, listener) => onEvent((heard, value) => heard === name && listener(value as never)),
    close: () => close(true),
  }
}

function heldBy({ holder }: Held, folder: string): Result<never> {
  return fail('data-folder-held', { folder, holder: holder?.name ?? '?', pid: holder?.pid ?? 0 })
}
