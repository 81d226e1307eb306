import { open, stat } from 'node:fs/promises'
import type { ReadText } from './services/context.ts'

/**
 * The text of an ordinary file. Whatever size it claims, no more than `mostBytes` is kept: it may grow while it is read. What
 * is no file is not even opened, because a pipe would wait for somebody to write.
 */
export async function readText(path: string, mostBytes: number): Promise<ReadText> {
  try {
    return (await stat(path)).isFile() ? await readPart(path, mostBytes) : { problem: 'not a file' }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

async function readPart(path: string, mostBytes: number): Promise<ReadText> {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(mostBytes + 1)
    let length = 0
    for (let read = -1; read !== 0 && length <= mostBytes; length += read) {
      read = (await file.read(buffer, length, buffer.length - length)).bytesRead
    }
    return length > mostBytes
      ? { problem: `more than ${mostBytes} bytes` }
      : { text: buffer.toString('utf8', 0, length) }
  } finally {
    await file.close()
  }
}
