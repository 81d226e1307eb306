import { basename } from 'node:path'
import type {
  Import,
  ImportDetail,
  ImportFormat,
  ImportReject,
  ImportRequest,
  ImportResult,
  ImportUndone,
} from '#shared/domain/import.ts'
import { isoInstant } from '#shared/domain/instant.ts'
import type { ImportId } from '#shared/ids.ts'
import { fail, type Result, succeed } from '#shared/result.ts'
import type { Entry, Reading as FormatReading, ImportRow } from '../exchange/import-row.ts'
import { type ReadEnd, readEntries, readHead } from '../exchange/read-import.ts'
import { removeTag } from '../store/annotations.ts'
import { removeCandidates } from '../store/candidates.ts'
import * as kept from '../store/imports.ts'
import { raiseVersion } from '../store/inventory-rows.ts'
import { countAuthorised, removeProposals } from '../store/proposed-ranges.ts'
import { transaction, type WritableStore } from '../store/statement.ts'
import { putOnRecord } from './annotations.ts'
import { appendAudit } from './audit-chain.ts'
import type { Owning, Reading, Transaction } from './context.ts'
import { createJudge, type Into, type Judgement } from './import-judge.ts'
import { importOwnerFile, type OwnerFile, previewOwnerFile, readOwnerFile } from './import-owners.ts'
import { createTally, mostRejects, resultOf, type Tally } from './import-tally.ts'
import { undoImport as undoOwners } from './owners.ts'
import type { Command } from './workspace.ts'

/** So many entries are one transaction: the writer holds nobody up for more than some 20 ms. */
const perTransaction = 500

/** A file that was looked at: how it is to be read, or the owners in it. */
type Opened =
  | { readonly reading: FormatReading; readonly chunks: AsyncIterable<Uint8Array> }
  | { readonly owners: OwnerFile }

/** Reads the beginning of a file and tells what it is. */
async function openFile(context: Owning, request: ImportRequest): Promise<Result<Opened>> {
  const { file } = request
  const content = await context.readFile(file)
  if ('problem' in content) return fail('file-unreadable', { file, reason: content.problem })
  const head = await firstChunk(content.chunks)
  const told = readHead(head, request)
  if ('container' in told) return fail('import-packed', { file: basename(file), container: told.container })
  if ('unknown' in told) return fail('import-format-unknown', { file: basename(file), line: told.unknown })
  if (told.recognised.format === 'owners') {
    const owners = await readOwnerFile(context, request)
    return owners.ok ? succeed({ owners: owners.value }) : owners
  }
  const again = await context.readFile(file)
  if ('problem' in again) return fail('file-unreadable', { file, reason: again.problem })
  return succeed({ reading: told.recognised as FormatReading, chunks: again.chunks })
}

async function firstChunk(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  try {
    for await (const chunk of chunks) return chunk
  } catch {
    // Said again, with its reason, by whoever reads the file for good.
  }
  return new Uint8Array()
}

/** What an import would do, without doing it. */
export async function previewImport(context: Owning, request: ImportRequest): Promise<Result<ImportResult>> {
  const opened = await openFile(context, request)
  if (!opened.ok) return opened
  if ('owners' in opened.value) return succeed(previewOwnerFile(context, opened.value.owners))
  const { reading, chunks } = opened.value
  const tally = createTally()
  const judge = createJudge(context.store, request.site)
  const end = await attempt(request.file, () =>
    readEntries(chunks, reading, entries => {
      for (const entry of entries) tally.count(entry, 'row' in entry ? judge(entry.row) : entry.reason)
    }),
  )
  return end.ok ? succeed(resultOf(null, request, reading, tally, end.value)) : end
}

async function attempt<T>(file: string, read: () => Promise<T>): Promise<Result<T>> {
  try {
    return succeed(await read())
  } catch (error) {
    const code = (error as { readonly code?: unknown }).code
    // Only what the file system says is expected; everything else is a bug.
    if (typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) throw error
    return fail('file-unreadable', { file, reason: (error as Error).message })
  }
}

type Begun =
  | { readonly done: ImportResult }
  | {
      readonly id: number
      readonly actor: string
      readonly request: ImportRequest
      readonly opened: Extract<Opened, { reading: unknown }>
    }

/**
 * Takes a file over. The import is on record before its first entry; entries follow in small transactions, so that a file of any
 * length holds nobody up, and can be taken back as a whole whenever it ended.
 */
export const applyImport: Command<ImportRequest, Begun, ImportResult, Result<Opened>> = {
  gather: openFile,
  run: (context, request, opened) => {
    if (!opened.ok) return opened
    const format = 'owners' in opened.value ? 'owners' : opened.value.reading.format
    const { id } = kept.addImport(context.store, {
      at: context.now,
      actor: context.actor,
      file: basename(request.file),
      format,
    })
    if ('owners' in opened.value) return importOwnerFile(context, id, opened.value.owners)
    return succeed({ id, actor: context.actor, request, opened: opened.value })
  },
  after: async (workspace, begun) => {
    if ('done' in begun) {
      await workspace.evaluation.catchUp()
      return succeed(begun.done)
    }
    return storeEntries(workspace, begun)
  },
}

async function storeEntries(
  workspace: Owning,
  { id, actor, request, opened: { reading, chunks } }: Exclude<Begun, { done: unknown }>,
): Promise<Result<ImportResult>> {
  const { store } = workspace
  const tally = createTally()
  const judge = createJudge(store, request.site)
  const end = await attempt(request.file, () =>
    readEntries(chunks, reading, entries => {
      for (let start = 0; start < entries.length; start += perTransaction) {
        const part = entries.slice(start, start + perTransaction)
        const into = { store, now: workspace.now(), actor }
        transaction(store, () => storePart(into, id, part, judge, tally))
      }
    }),
  )
  finish(workspace, id, end, tally)
  if (!end.ok) return end
  await workspace.evaluation.catchUp()
  return succeed(resultOf(id, request, reading, tally, end.value))
}

function storePart(
  into: Into,
  id: number,
  entries: readonly Entry[],
  judge: (row: ImportRow) => Judgement,
  tally: Tally,
): void {
  const { store } = into
  const before = { stored: tally.stored, rejected: tally.rejectedCount }
  for (const entry of entries) {
    const judgement = 'row' in entry ? judge(entry.row) : entry.reason
    const rejected = tally.count(entry, judgement)
    if (typeof judgement !== 'string') judgement(into, id)
    if (rejected !== null) kept.addReject(store, { import: id, position: tally.rejectedCount, ...rejected })
  }
  const counts = { stored: tally.stored - before.stored, rejected: tally.rejectedCount - before.rejected }
  kept.countImport(store, { id, ...counts })
}

/** The end of an import is an audit entry of its own: its counts are known only now. */
function finish(
  { store, now, emit, randomBytes }: Owning,
  id: number,
  end: Result<ReadEnd>,
  tally: Tally,
): void {
  transaction(store, () => {
    const about = end.ok && end.value.about !== null ? JSON.stringify(end.value.about) : null
    const digest = end.ok ? end.value.digest : null
    kept.endImport(store, { id, state: end.ok ? 'done' : 'broken', digest, about })
    const result = {
      import: id,
      read: tally.read,
      stored: tally.stored,
      rejected: tally.rejectedCount,
      digest,
    }
    const values = [{ name: 'result' as const, value: JSON.stringify(result) }]
    appendAudit(store, { at: now(), command: 'import.ended', outcome: 'done', values }, randomBytes)
  })
  emit('data.changed', { version: now() })
}

/** Every import, newest first. */
export function listImports({ store }: Pick<Reading, 'store'>): Import[] {
  return kept.listImports(store, {}).map(importOf)
}

export function showImport(
  { store }: Pick<Reading, 'store'>,
  { id }: { readonly id: number },
): Result<ImportDetail> {
  const record = kept.importById(store, { id })
  if (record === undefined) return fail('import-missing', { id })
  const rejected = kept.rejectsOf(store, { import: id, limit: mostRejects })
  return succeed({ ...importOf(record), rejected: rejected as ImportReject[] })
}

function importOf(record: kept.ImportRecord): Import {
  return {
    id: record.id as ImportId,
    at: isoInstant(record.at),
    actor: record.actor,
    file: record.file,
    digest: record.digest,
    format: record.format as ImportFormat,
    state: record.state as Import['state'],
    read: record.read_count,
    stored: record.stored_count,
    rejectedCount: record.rejected_count,
    about: record.about === null ? null : JSON.parse(record.about),
    undoneAt: record.undone_at === null ? null : isoInstant(record.undone_at),
    undoneBy: record.undone_by,
  }
}

/**
 * Takes a whole import back: what it stored goes, what somebody decided on it since stays. `rest`: owners who answer for
 * something by now stay, too.
 */
export function undoImport(
  transaction: Transaction,
  { id, rest }: { readonly id: number; readonly rest: boolean },
): Result<ImportUndone> {
  const { store, now: at, actor: by, changed } = transaction
  const record = kept.importById(store, { id })
  if (record === undefined) return fail('import-missing', { id })
  if (record.state === 'undone') return fail('import-undone', { id })
  if (record.state === 'running') return fail('import-running', { id })
  const owners =
    record.owner_import_id === null ? null : undoOwners(transaction, { id: record.owner_import_id, rest })
  // It is known by its own number here.
  if (owners !== null && !owners.ok) return fail(owners.failure.code, { ...owners.failure.details, id })
  const untagged = takeTagsBack(transaction, id)
  const removed =
    untagged +
    removeCandidates(store, { import: id }).count +
    removeProposals(store, { import: id }).count +
    (owners === null ? 0 : owners.value.removed + owners.value.restored)
  kept.undoneImport(store, { id, at, by })
  changed(`import ${id}`, { state: record.state }, { state: 'undone', removed })
  return succeed({
    id: id as ImportId,
    removed,
    kept: countAuthorised(store, { import: id })?.count ?? 0,
    owners: owners?.value.kept ?? 0,
  })
}

/** Tags that the import brought, as far as they are still there. */
function takeTagsBack(transaction: Transaction, id: number): number {
  const { store } = transaction
  const gone = kept
    .importedTags(store, { import: id })
    .filter(({ instance_id: instance, tag }) => removeTag(store, { instance, tag }).count > 0)
  for (const [instance, tags] of Map.groupBy(gone, each => each.instance_id))
    putOnRecord(transaction, instance, 'instance.tagged', { add: [], remove: tags.map(({ tag }) => tag) })
  if (gone.length > 0) raiseVersion(store, {})
  return gone.length
}

/** Imports whose process ended before they did: what they stored stays, and can be undone. */
export function breakOffImports(store: WritableStore): void {
  kept.breakOffImports(store, {})
}
