import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'

export interface StallingServer {
  readonly address: string
  readonly visits: () => number
  readonly close: () => Promise<void>
}

/** Takes every connection, sends the head of an answer and a first piece, and then nothing for ever. */
export async function startStallingServer(): Promise<StallingServer> {
  const sockets = new Set<Socket>()
  let visits = 0
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', () => {
      visits += 1
      socket.write(
        'HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 1000000\r\n\r\n{',
      )
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    visits: () => visits,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
