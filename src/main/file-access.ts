import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'

export interface FileContent {
  readonly size: number
  readonly chunks: AsyncIterable<Uint8Array>
}

/** An ordinary file, piece by piece. What is no file is not even opened, because a pipe would wait for somebody to write. */
export async function readFile(path: string): Promise<FileContent | { readonly problem: string }> {
  try {
    const found = await stat(path)
    if (!found.isFile()) return { problem: 'not a file' }
    return { size: found.size, chunks: createReadStream(path, { highWaterMark: 65_536 }) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
