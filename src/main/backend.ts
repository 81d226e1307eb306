import { parseArgs } from 'node:util'
import type { FromBackend, HelloMessage } from '#shared/ipc/message.ts'
import { fail } from '#shared/result.ts'
import { type Backend, openBackend } from './compose.ts'
import { serve } from './ipc/serve.ts'
import { findProgram } from './program.ts'

// The entry of the backend: an Electron utility process, or an ordinary Node process of the console's.
interface ParentPort {
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
  postMessage(message: unknown): void
}

const utilityPort = (process as unknown as { readonly parentPort?: ParentPort }).parentPort
const parent = process.ppid
const send = (message: FromBackend) => {
  if (utilityPort !== undefined) utilityPort.postMessage(message)
  // A parent that is gone is noticed below; what was meant for it is of no use to anybody.
  else if (process.connected) process.send?.(message, undefined, undefined, () => {})
}
const hello = (failure: HelloMessage['failure']) => send({ type: 'hello', failure })

let backend: Backend | null = null
let ending = false
async function end(): Promise<void> {
  if (ending) return
  ending = true
  // Whatever happens while closing: a backend without a parent must not outlive it by more than a second.
  setTimeout(() => process.exit(1), 900).unref()
  await backend?.close(false)
  process.exit(0)
}

process.on('disconnect', end)
process.on('SIGTERM', end)
process.on('SIGINT', () => {}) // a Ctrl-C reaches the whole group; the shell decides when the backend ends
utilityPort?.on('close', end)
// A shell that was killed sends no word: its child then belongs to another process.
if (process.platform !== 'win32') setInterval(() => process.ppid !== parent && end(), 300).unref()

const { values } = parseArgs({ options: { data: { type: 'string' } }, strict: false })
const program = findProgram(import.meta.dirname, import.meta.filename)
const opened = await openBackend({
  dataFolder: String(values.data),
  program,
  holderName: 'console',
  readers: 2,
})
if (!opened.ok) hello(opened.failure)
else if ('holder' in opened.value) {
  const { holder } = opened.value
  hello(
    fail('data-folder-held', {
      folder: String(values.data),
      holder: holder?.name ?? '?',
      pid: holder?.pid ?? 0,
    }).failure,
  )
} else {
  backend = opened.value
  const session = serve(backend.call, send, error => process.stderr.write(`${String(error)}\n`))
  backend.onEvent((name, value) => send({ type: 'event', name, value }))
  if (utilityPort === undefined) process.on('message', message => session.receive(message))
  else utilityPort.on('message', message => session.receive(message.data))
  hello(null)
}
