import { createServer, type Server, type Socket } from 'node:net'
import type { Behaviour, HttpBehaviour } from '../behaviour.ts'
import type { Journal } from '../journal.ts'
import { serveHttp, serveTalk } from './connection.ts'
import { serveSecure } from './secure.ts'

/** One open port of the simulated organisation. */
export interface Listener {
  stop(): Promise<void>
}

/** Binds an address and port and serves the behaviour there. Rejects with the system's error where the port is taken. */
export function listen(
  address: string,
  port: number,
  behaviour: Behaviour,
  journal: Journal,
): Promise<Listener> {
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A scanner resets connections as a matter of course; that is no event for a server.
    socket.on('error', () => socket.destroy())
    journal.connected(address, port)
    serve(socket, address, port, behaviour, journal)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: address, port, exclusive: true }, () => {
      server.off('error', reject)
      resolve({ stop: () => stopServer(server, sockets) })
    })
  })
}

function serve(socket: Socket, address: string, port: number, behaviour: Behaviour, journal: Journal): void {
  const speak = (over: Socket, program: HttpBehaviour) =>
    serveHttp(over, program, request =>
      journal.asked(address, port, request, program.forbids?.(request) ?? false),
    )
  if (behaviour.kind === 'http') speak(socket, behaviour)
  else if (behaviour.kind === 'secure') {
    serveSecure(socket, behaviour, secured => speak(secured, behaviour.behind))
  } else if (behaviour.kind === 'talking') serveTalk(socket, behaviour)
  else if (behaviour.kind === 'hanging-up') socket.end()
  else socket.resume()
}

function stopServer(server: Server, sockets: Set<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy()
  return new Promise(resolve => server.close(() => resolve()))
}
