import { connect, createServer, type Server, type Socket } from 'node:net'
import type { EventName } from '#shared/ipc/contract.ts'
import { FromBackend, type ReplyMessage } from '#shared/ipc/message.ts'
import { fail, type Result } from '#shared/result.ts'
import type { Router } from './router.ts'
import { type Served, serve } from './serve.ts'

/**
 * The owner of a data folder lets other processes of the same account in: a command line beside the console. A Unix socket
 * in the folder (mode 0700), or a named pipe; never a network port. One JSON value a line; the first names the token that
 * only readers of the folder know.
 */
const longestLine = 64 * 1024 * 1024

export interface SocketServer {
  /** Connections open now. */
  readonly served: ReadonlySet<Served>
  /** Takes no more connections. `patient`: waits for those that are open to end by themselves; else ends them. */
  close(patient: boolean): Promise<void>
}

export function listenLocally(
  path: string,
  token: string,
  router: Router,
  onError: (error: unknown) => void,
): Promise<SocketServer> {
  const served = new Set<Served>()
  const sockets = new Set<Socket>()
  const server: Server = createServer(socket => {
    let session: Served | null = null
    sockets.add(socket)
    onLines(socket, line => {
      const message = parse(line)
      if (session !== null) session.receive(message)
      else if ((message as { token?: unknown } | null)?.token === token) {
        session = serve(router, reply => socket.write(`${JSON.stringify(reply)}\n`), onError)
        served.add(session)
        socket.write(`${JSON.stringify({ type: 'hello', failure: null } satisfies FromBackend)}\n`)
      } else socket.destroy()
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      sockets.delete(socket)
      if (session !== null) served.delete(session)
    })
  })
  const close = (patient: boolean) =>
    new Promise<void>(done => {
      server.close(() => done())
      if (!patient) for (const socket of sockets) socket.destroy()
    })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => resolve({ served, close }))
  })
}

export interface SocketClient {
  readonly call: Router
  onEvent(listener: (name: EventName, value: unknown) => void): void
  /** Resolves when the connection is over. */
  readonly lost: Promise<void>
  close(): void
}

/** Connects to the owner. Rejects if nobody answers there. */
export function connectLocally(path: string, token: string): Promise<SocketClient> {
  return new Promise((resolve, reject) => {
    const socket = connect(path)
    const waiting = new Map<
      number,
      { resolve: (result: Result<unknown>) => void; reject: (error: Error) => void }
    >()
    const listeners = new Set<(name: EventName, value: unknown) => void>()
    let nextId = 0
    const answer = ({ id, result }: ReplyMessage) => {
      const call = waiting.get(id)
      waiting.delete(id)
      if (result.ok === 'error') call?.reject(new Error(result.message))
      else call?.resolve(result as Result<unknown>)
    }
    const take = (message: FromBackend) => {
      if (message.type === 'hello') resolve(client)
      else if (message.type === 'reply') answer(message)
      else for (const listener of listeners) listener(message.name as EventName, message.value)
    }
    const lost = new Promise<void>(gone => socket.once('close', () => gone()))
    const client: SocketClient = {
      lost,
      call: (channel, input, asking) =>
        new Promise((settle, refuse) => {
          const id = nextId++
          waiting.set(id, { resolve: settle, reject: refuse })
          socket.write(`${JSON.stringify({ type: 'call', id, channel, input, pass: asking?.pass })}\n`)
        }),
      onEvent: listener => void listeners.add(listener),
      close: () => socket.end(),
    }
    onLines(socket, line => {
      const message = FromBackend.safeParse(parse(line))
      if (message.success) take(message.data)
    })
    socket.on('error', reject)
    socket.on('close', () => {
      reject(new Error('the owner closed the connection'))
      for (const call of waiting.values()) call.resolve(fail('backend-gone'))
      waiting.clear()
    })
    socket.write(`${JSON.stringify({ token })}\n`)
  })
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function onLines(socket: Socket, take: (line: string) => void): void {
  let parts: string[] = []
  let length = 0
  socket.setEncoding('utf8')
  socket.on('data', (text: string) => {
    const lines = text.split('\n')
    const last = lines.pop() ?? ''
    for (const line of lines) {
      parts.push(line)
      take(parts.join(''))
      parts = []
      length = 0
    }
    parts.push(last)
    length += last.length
    if (length > longestLine) socket.destroy()
  })
}
