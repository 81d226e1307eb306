import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import type { Exported, ExportRequest } from '#shared/domain/export.ts'
import { fail, type Result, succeed } from '#shared/result.ts'

/** So much is collected before it goes to the disk. */
const atOnce = 2 ** 18

/**
 * Writes a file beside its place and moves it there when it is whole: nobody ever finds half of one. Never into the data
 * folder, whichever way the path leads there.
 */
export function writeFileWhole(
  request: ExportRequest,
  dataFolder: string,
  write: (sink: (bytes: Uint8Array) => void) => Result<number>,
): Result<Exported> {
  const { file, table, format } = request
  const part = join(dirname(file), `.${basename(file)}.part`)
  let descriptor: number | null = null
  try {
    const folder = realpathSync(dirname(file)) + sep
    if (folder.startsWith(realpathSync(dataFolder) + sep)) return fail('export-folder', { file })
    descriptor = openSync(part, 'w', 0o600)
    const output = createOutput(descriptor)
    const rows = write(output.add)
    if (!rows.ok) return rows
    const { bytes, digest } = output.end()
    fsyncSync(descriptor)
    closeSync(descriptor)
    descriptor = null
    renameSync(part, file)
    return succeed({ file, table, format, rows: rows.value, bytes, digest })
  } catch (error) {
    const code = (error as { readonly code?: unknown }).code
    // Only what the file system says is expected; everything else is a bug.
    if (typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) throw error
    return fail('export-unwritable', { file, reason: (error as Error).message })
  } finally {
    if (descriptor !== null) closeSync(descriptor)
    rmSync(part, { force: true })
  }
}

function createOutput(descriptor: number) {
  const hash = createHash('sha256')
  let waiting: Uint8Array[] = []
  let size = 0
  let bytes = 0
  const flush = () => {
    const whole = Buffer.concat(waiting)
    for (let at = 0; at < whole.length; ) at += writeSync(descriptor, whole, at)
    waiting = []
    size = 0
  }
  return {
    add(piece: Uint8Array) {
      hash.update(piece)
      bytes += piece.length
      size += piece.length
      waiting.push(piece)
      if (size >= atOnce) flush()
    },
    end() {
      flush()
      return { bytes, digest: hash.digest('hex') }
    },
  }
}
