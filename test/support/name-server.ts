import { createSocket } from 'node:dgram'
import { onTestFinished } from 'vitest'

export interface TestNameServer {
  /** As `Resolver.setServers` takes it. */
  readonly server: string
  /** Names that were asked for, in order. */
  readonly asked: readonly string[]
}

/**
 * A name server on loopback that knows these addresses: answers PTR questions (RFC 1035), "no such name" for the rest, and
 * nothing at all where the value is null.
 */
export async function startNameServer(
  names: Readonly<Record<string, readonly string[] | null>>,
): Promise<TestNameServer> {
  const known = new Map(
    Object.entries(names).map(([address, each]) => [
      `${address.split('.').reverse().join('.')}.in-addr.arpa`,
      each,
    ]),
  )
  const asked: string[] = []
  const socket = createSocket('udp4')
  socket.on('message', (query, from) => {
    const { name, end } = readName(query)
    asked.push(name)
    const found = known.get(name)
    if (found !== null) socket.send(answerTo(query, end, found ?? []), from.port, from.address)
  })
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve))
  onTestFinished(() => void socket.close())
  return { server: `127.0.0.1:${socket.address().port}`, asked }
}

function readName(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5 }
}

function answerTo(query: Buffer, end: number, names: readonly string[]): Buffer {
  const head = Buffer.from(query.subarray(0, 12))
  // An answer, recursion available; 3 is "no such name".
  head.writeUInt16BE(0x8180 | (names.length === 0 ? 3 : 0), 2)
  head.writeUInt16BE(names.length, 6)
  head.writeUInt32BE(0, 8)
  const records = names.map(name => {
    const data = Buffer.concat([
      ...name
        .split('.')
        .map(label => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')])),
      Buffer.from([0]),
    ])
    const fixed = Buffer.alloc(12)
    fixed.writeUInt16BE(0xc00c, 0)
    fixed.writeUInt16BE(12, 2)
    fixed.writeUInt16BE(1, 4)
    fixed.writeUInt32BE(60, 6)
    fixed.writeUInt16BE(data.length, 10)
    return Buffer.concat([fixed, data])
  })
  return Buffer.concat([head, query.subarray(12, end), ...records])
}
