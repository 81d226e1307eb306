import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export const backendEntry = join(import.meta.dirname, '..', '..', 'src', 'main', 'backend.ts')

export interface BackendProcess {
  readonly process: ChildProcess
  call(channel: string, input: unknown): Promise<{ ok: unknown; value: never; failure: { code: string } }>
  readonly gone: Promise<number>
}

/** The backend as the console starts it: a process of its own, spoken to in messages. */
export async function startBackendProcess(dataFolder: string): Promise<BackendProcess> {
  const child = fork(backendEntry, ['--data', dataFolder], { serialization: 'advanced' })
  onTestFinished(() => void child.kill('SIGKILL'))
  const waiting = new Map<number, (result: never) => void>()
  let nextId = 0
  const hello = new Promise<void>((resolve, reject) => {
    child.on('message', (message: { type: string; id: number; result: never; failure: unknown }) => {
      if (message.type === 'reply') waiting.get(message.id)?.(message.result)
      if (message.type === 'hello')
        message.failure === null ? resolve() : reject(new Error(JSON.stringify(message.failure)))
    })
  })
  await hello
  return {
    process: child,
    call: (channel, input) =>
      new Promise(resolve => {
        const id = nextId++
        waiting.set(id, resolve)
        child.send({ type: 'call', id, channel, input })
      }),
    gone: new Promise(resolve => child.once('exit', () => resolve(performance.now()))),
  }
}
