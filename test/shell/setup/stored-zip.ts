import { crc32 } from 'node:zlib'

/** A zip archive of small texts, uncompressed. */
export function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(files).map(([name, text]) => ({
    name: Buffer.from(name),
    data: Buffer.from(text),
  }))
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, data } of entries) {
    const body = Buffer.concat([record(0x04034b50, name, data), name, data])
    directory.push(directoryRecord(name, data, offset), name)
    bodies.push(body)
    offset += body.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, central, end])
}

function record(signature: number, name: Buffer, data: Buffer): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(signature, 0)
  head.writeUInt16LE(20, 4)
  writeSizes(head, 14, name, data)
  return head
}

function directoryRecord(name: Buffer, data: Buffer, offset: number): Buffer {
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE(0x0314, 4) // made on Unix: it carries a mode
  head.writeUInt16LE(20, 6)
  writeSizes(head, 16, name, data)
  head.writeUInt32LE((0o100755 << 16) >>> 0, 38)
  head.writeUInt32LE(offset, 42)
  return head
}

function writeSizes(head: Buffer, at: number, name: Buffer, data: Buffer): void {
  head.writeUInt32LE(crc32(data), at)
  head.writeUInt32LE(data.length, at + 4)
  head.writeUInt32LE(data.length, at + 8)
  head.writeUInt16LE(name.length, at + 12)
}
