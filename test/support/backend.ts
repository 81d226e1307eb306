import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Backend, openBackend } from '#main/compose.ts'
import { findProgram } from '#main/program.ts'
import type { ScanReport, ScanRequest } from '#shared/domain/scan.ts'
import type { ChannelName, Client, EventName, EventOf } from '#shared/ipc/contract.ts'
import type { Result } from '#shared/result.ts'
import { temporaryFolder } from './temporary.ts'

const sources = join(import.meta.dirname, '..', '..', 'src', 'main')
export const program = findProgram(sources, join(sources, 'cli.ts'))

export interface TestBackend {
  readonly dataFolder: string
  readonly call: Client
  /** Calls in the name of the actor the pass is for. */
  callAs(pass: string, channel: ChannelName, input: unknown): Promise<Result<unknown>>
  onEvent<K extends EventName>(name: K, listener: (value: EventOf<K>) => void): void
  /** Scans and waits for the end. */
  scan(request: ScanRequest): Promise<ScanReport>
  close(): Promise<void>
}

/** A real backend on a data folder of its own, closed with the test. */
export async function startBackend(dataFolder = temporaryFolder(), readers = 0): Promise<TestBackend> {
  const opened = await openBackend({ dataFolder, program, holderName: 'test', readers })
  if (!opened.ok) throw new Error(`${opened.failure.code} ${JSON.stringify(opened.failure.details)}`)
  if ('holder' in opened.value) throw new Error('the data folder is held')
  const backend: Backend = opened.value
  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    await backend.close(false)
  }
  onTestFinished(close)
  const call = ((channel: ChannelName, input: unknown) => backend.call(channel, input)) as Client
  const onEvent: TestBackend['onEvent'] = (name, listener) =>
    backend.onEvent((heard, value) => heard === name && listener(value as never))
  return {
    dataFolder,
    call,
    callAs: (pass, channel, input) => backend.call(channel, input, { pass }),
    onEvent,
    close,
    async scan(request) {
      const ended = new Promise<ScanReport>(resolve => onEvent('scan.ended', resolve))
      const started = await call('scan.start', request)
      if (!started.ok) throw new Error(`${started.failure.code} ${JSON.stringify(started.failure.details)}`)
      return ended
    },
  }
}

/** The value of a call that must not fail. */
export async function must<T>(
  result: Promise<{ ok: true; value: T } | { ok: false; failure: { code: string } }>,
): Promise<T> {
  const settled = await result
  if (!settled.ok) throw new Error(`${settled.failure.code}: ${JSON.stringify(settled.failure)}`)
  return settled.value
}
