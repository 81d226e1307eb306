import type { Result } from '#shared/result.ts'
import type { BridgeEvents, ConsoleClient } from '../../../src/renderer/client.ts'

/** A client whose other end is the test. */
export interface TestClient extends ConsoleClient {
  tell<K extends keyof BridgeEvents>(name: K, value: BridgeEvents[K]): void
  /** Answers the oldest call that waits. */
  answer(result: Result<unknown>): void
  readonly calls: readonly (readonly [channel: string, input: unknown])[]
}

export function testClient(): TestClient {
  const listeners: { name: string; listener: (value: never) => void }[] = []
  const waiting: ((result: never) => void)[] = []
  const calls: [string, unknown][] = []
  return {
    calls,
    call(channel, input) {
      calls.push([channel, input])
      return new Promise(resolve => waiting.push(resolve as (result: never) => void))
    },
    callAs(_, channel, input) {
      return this.call(channel, input)
    },
    on(name, listener) {
      const entry = { name, listener: listener as (value: never) => void }
      listeners.push(entry)
      return () => void listeners.splice(listeners.indexOf(entry), 1)
    },
    restartBackend: () => {},
    setAppearance: () => {},
    pathOf: () => '',
    saveText: async () => true,
    choosePath: async () => null,
    openReport: async () => false,
    actWith: () => {},
    pass: null,
    tell(name, value) {
      for (const each of listeners) if (each.name === name) each.listener(value as never)
    },
    answer: result => waiting.shift()?.(result as never),
  }
}
