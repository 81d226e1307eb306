import { createHash } from 'node:crypto'
import { TextDecoder } from 'node:util'

/** What the first bytes of a file say it is, if it is none that holds text as it is. */
export type Container = 'gzip' | 'zip' | 'bzip2' | 'xz' | 'zstd' | 'binary'

const magic: readonly (readonly [Container, string])[] = [
  ['gzip', '1f8b'],
  ['zip', '504b0304'],
  ['bzip2', '425a68'],
  ['xz', 'fd377a585a00'],
  ['zstd', '28b52ffd'],
]

/** What has to be unpacked first; null: text. */
export function containerOf(head: Uint8Array): Container | null {
  const hex = Buffer.from(head.subarray(0, 8)).toString('hex')
  const packed = magic.find(([, start]) => hex.startsWith(start))
  if (packed !== undefined) return packed[0]
  // NUL bytes in a text are told line by line; a file that begins with them is none.
  const start = head.subarray(0, 512)
  const isWide = /^(fffe|feff)/.test(hex)
  return !isWide && start.filter(byte => byte === 0).length > start.length / 8 ? 'binary' : null
}

/** Turns bytes into text: UTF-8, UTF-16 by its mark, and what is neither as the Windows code page spreadsheets still write. */
export function decoderOf(head: Uint8Array): TextDecoder {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le')
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be')
  return new TextDecoder(isUtf8(head) ? 'utf-8' : 'windows-1252')
}

function isUtf8(head: Uint8Array): boolean {
  try {
    // `stream`: the last character may be cut off.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}

/** A whole file as text, with its SHA-256. */
export function decodeWhole(pieces: readonly Uint8Array[]): { text: string; digest: string } {
  const bytes = Buffer.concat(pieces)
  const digest = createHash('sha256').update(bytes).digest('hex')
  return { text: decoderOf(bytes).decode(bytes), digest }
}
