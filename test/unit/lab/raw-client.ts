import { connect, type Socket } from 'node:net'

/** Sends bytes as they are and collects what comes back until the other side closes or falls silent. */
export async function exchange(
  address: string,
  port: number,
  bytes: string | Buffer,
  quietMs = 150,
): Promise<string> {
  const conversation = await open(address, port)
  conversation.send(bytes)
  const answer = await conversation.quiet(quietMs)
  conversation.socket.destroy()
  return answer
}

/** One GET on a connection of its own; headers as `Name: value` lines. */
export function get(address: string, port: number, path: string, ...headers: string[]): Promise<string> {
  return ask(address, port, 'GET', path, '', ...headers)
}

export function post(address: string, port: number, path: string, body: string): Promise<string> {
  return ask(address, port, 'POST', path, body)
}

export function ask(
  address: string,
  port: number,
  method: string,
  path: string,
  body: string,
  ...headers: string[]
): Promise<string> {
  const host = headers.some(line => line.startsWith('Host:')) ? [] : [`Host: ${address}:${port}`]
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  const lines = [`${method} ${path} HTTP/1.1`, ...host, ...headers, ...length, 'Connection: close']
  return exchange(address, port, `${lines.join('\r\n')}\r\n\r\n${body}`, 2000)
}

export interface Conversation {
  readonly socket: Socket
  readonly send: (bytes: string | Buffer) => void
  /** Everything received, once the other side has closed or has been quiet for so long. */
  readonly quiet: (quietMs: number) => Promise<string>
  readonly closed: () => boolean
}

export async function open(address: string, port: number): Promise<Conversation> {
  const socket = connect({ host: address, port })
  const received: Buffer[] = []
  let ended = false
  socket.on('data', chunk => received.push(chunk))
  socket.on('close', () => {
    ended = true
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  socket.on('error', () => undefined)
  const quiet = async (quietMs: number) => {
    for (let seen = -1; !ended && seen < received.length; ) {
      seen = received.length
      await new Promise<void>(resolve => {
        const timer = setTimeout(done, quietMs)
        function done() {
          clearTimeout(timer)
          socket.off('data', done)
          socket.off('close', done)
          resolve()
        }
        socket.once('data', done)
        socket.once('close', done)
      })
    }
    return Buffer.concat(received.splice(0)).toString('latin1')
  }
  return { socket, send: bytes => socket.write(bytes), quiet, closed: () => ended }
}

/** The parts of one answer. */
export interface Parsed {
  readonly status: number
  readonly head: string
  /** Header names in the order they came. */
  readonly names: string[]
  readonly headers: ReadonlyMap<string, string>
  /** As UTF-8, chunks joined. */
  readonly body: string
}

export function parse(answer: string): Parsed {
  const split = answer.indexOf('\r\n\r\n')
  const head = answer.slice(0, split)
  const lines = head.split('\r\n').slice(1)
  const headers = new Map(
    lines.map(line => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  const raw = answer.slice(split + 4)
  const whole = headers.get('transfer-encoding') === 'chunked' ? joinChunks(raw) : raw
  return {
    status: Number(head.split(' ')[1]),
    head,
    names: lines.map(line => line.slice(0, line.indexOf(':'))),
    headers,
    body: Buffer.from(whole, 'latin1').toString('utf8'),
  }
}

function joinChunks(raw: string): string {
  const end = raw.indexOf('\r\n')
  const size = Number.parseInt(raw.slice(0, end), 16)
  return size === 0 ? '' : raw.slice(end + 2, end + 2 + size) + joinChunks(raw.slice(end + 4 + size))
}
