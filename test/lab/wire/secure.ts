import type { Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import type { SecureBehaviour } from '../behaviour.ts'

/**
 * Serves one connection of a port that speaks TLS: the handshake, then `talk` over it. Whoever speaks clear text gets what
 * that server says to them.
 */
export function serveSecure(
  socket: Socket,
  behaviour: SecureBehaviour,
  talk: (secured: TLSSocket) => void,
): void {
  socket.once('data', first => {
    if (first[0] !== handshakeRecord) return void socket.end(behaviour.toClearText)
    socket.pause()
    socket.unshift(first)
    const { keyText: key, text: cert } = behaviour.certificate
    const secured = new TLSSocket(socket, {
      isServer: true,
      secureContext: createSecureContext({ key, cert, minVersion: 'TLSv1.2' }),
    })
    secured.on('error', () => socket.destroy())
    talk(secured)
  })
}

const handshakeRecord = 22
