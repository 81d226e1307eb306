import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'

/** One recorded answer: status line, headers in their order, body. */
export interface RecordedAnswer {
  readonly status: number
  readonly statusText: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
  /** Default: HTTP/1.1. */
  readonly http?: string
}

export interface RawServer {
  readonly address: string
  readonly port: number
  /** Request heads as they came, with their bodies. */
  readonly requests: readonly string[]
  /** Connections ever taken. */
  readonly connections: () => number
  close(): Promise<void>
}

/** A TCP server on loopback; `talk` gets each connection and may do what it likes. */
export async function serveRaw(
  talk: (socket: Socket) => void,
  address = '127.0.0.1',
  port = 0,
): Promise<RawServer> {
  const sockets = new Set<Socket>()
  const requests: string[] = []
  let connections = 0
  const server: Server = createServer(socket => {
    connections++
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', chunk => requests.push(chunk.toString('latin1')))
    talk(socket)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: address, backlog: 4096 }, resolve)
  })
  return {
    address,
    port: (server.address() as AddressInfo).port,
    requests,
    connections: () => connections,
    close: () =>
      new Promise(done => {
        server.close(() => done())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Answers each request by what `answer` says for it; `null` closes the connection. */
export function serveAnswers(
  answer: (method: string, path: string, head: string) => RecordedAnswer | null,
  address?: string,
  port?: number,
): Promise<RawServer> {
  return serveRaw(
    socket => {
      let pending = ''
      socket.on('data', chunk => {
        pending += chunk.toString('latin1')
        for (let request = takeRequest(pending); request !== null; request = takeRequest(pending)) {
          pending = pending.slice(request.length)
          const [method = '', path = ''] = request.split(' ')
          const reply = answer(method, path, request)
          if (reply === null) return void socket.destroy()
          socket.write(bytesOf(reply))
        }
      })
    },
    address,
    port,
  )
}

function takeRequest(pending: string): string | null {
  const end = pending.indexOf('\r\n\r\n')
  if (end === -1) return null
  const length = Number(/content-length: *(\d+)/i.exec(pending.slice(0, end))?.[1] ?? 0)
  return pending.length < end + 4 + length ? null : pending.slice(0, end + 4 + length)
}

/** The answer on the wire; its length is counted anew, because recorded bodies may have been shortened. */
function bytesOf({ http = 'HTTP/1.1', status, statusText, headers, body }: RecordedAnswer): Buffer {
  const payload = Buffer.from(body)
  const isChunked = headers.some(
    ([name, value]) => name.toLowerCase() === 'transfer-encoding' && value === 'chunked',
  )
  const lines = headers.map(
    ([name, value]) => `${name}: ${name.toLowerCase() === 'content-length' ? payload.length : value}`,
  )
  const head = Buffer.from(`${http} ${status} ${statusText}\r\n${lines.join('\r\n')}\r\n\r\n`)
  if (!isChunked) return Buffer.concat([head, payload])
  const chunk = [Buffer.from(`${payload.length.toString(16)}\r\n`), payload, Buffer.from('\r\n0\r\n\r\n')]
  return Buffer.concat([head, ...chunk])
}
