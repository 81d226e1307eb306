import { basename } from 'node:path'
import type { ImportRequest, ImportResult } from '#shared/domain/import.ts'
import { OwnerField, type OwnerImport, type OwnerImportRequest, ownerFields } from '#shared/domain/owner.ts'
import type { ImportId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import { decodeWhole } from '../exchange/text-source.ts'
import * as kept from '../store/imports.ts'
import type { Owning, Reading, Transaction } from './context.ts'
import { importOwners, previewOwners } from './owners.ts'

/** A directory's export is read whole: people are fewer than ports, and each has to be held against all known ones. */
const mostBytes = 50_000_000

export interface OwnerFile {
  readonly request: OwnerImportRequest
  readonly digest: string
}

/** The text of a file of owners. */
export async function readOwnerFile(
  { readFile }: Pick<Owning, 'readFile'>,
  { file, mapping }: ImportRequest,
): Promise<Result<OwnerFile>> {
  const content = await readFile(file)
  if ('problem' in content) return fail('file-unreadable', { file, reason: content.problem })
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of content.chunks) {
    size += piece.length
    if (size > mostBytes) return fail('file-unreadable', { file, reason: `more than ${mostBytes} bytes` })
    pieces.push(piece)
  }
  const { text, digest } = decodeWhole(pieces)
  const fields = Object.entries(mapping).filter(([field]) => OwnerField.safeParse(field).success)
  return succeed({
    request: { file: basename(file), csv: text, mapping: Object.fromEntries(fields) },
    digest,
  })
}

export function previewOwnerFile(reading: Reading, { request, digest }: OwnerFile): ImportResult {
  return resultOf(null, previewOwners(reading, request), digest)
}

/** Takes owners over by the rules of their own import, and puts it on record with the others. */
export function importOwnerFile(
  transaction: Transaction,
  id: number,
  { request, digest }: OwnerFile,
): Result<{ readonly done: ImportResult }> {
  const { store } = transaction
  const imported = importOwners(transaction, request)
  if (!imported.ok) return imported
  const result = resultOf(id, imported.value, digest)
  for (const [position, reject] of result.rejected.entries())
    kept.addReject(store, { import: id, position: position + 1, ...reject })
  kept.countImport(store, { id, stored: result.stored, rejected: result.rejectedCount })
  kept.noteOwnerImport(store, { id, ownerImport: imported.value.id })
  kept.endImport(store, { id, state: 'done', digest, about: null })
  return succeed({ done: result })
}

function resultOf(id: number | null, read: OwnerImport, digest: string): ImportResult {
  const { file, lines, added, changed, unchanged, rejected, columns, mapping, sample } = read
  return {
    id: id as ImportId | null,
    file,
    format: 'owners',
    read: lines,
    stored: added + changed + unchanged,
    rejectedCount: rejected.length,
    rejected,
    columns,
    mapping: Object.fromEntries(Object.entries(mapping).map(([field, column]) => [field, column ?? ''])),
    fields: [...ownerFields],
    sample: sample.map(owner => ({ ...owner })),
    about: null,
    digest,
  }
}
