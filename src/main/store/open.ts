import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type Failure, fail, type Result, succeed } from '#shared/result.ts'
import { letStatementsAsk } from './giving-up.ts'
import { migrations, newestVersion } from './migrations/index.ts'
import type { ReadableStore, WritableStore } from './statement.ts'

/** "Padd": tells a Paddock file from any other SQLite file. */
const applicationId = 0x50616464

export const fileName = 'paddock.sqlite'
/** What was written is moved into the file by 32 MB, not by 4: most pages are written again before that. */
export const pagesToCheckpoint = 8192

/** Makes the data folder, for its owner's eyes only. */
export function makeFolder(folder: string): Result<string> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    // An existing folder keeps the rights somebody gave it; only ever narrowed. (Windows has none of this.)
    if (process.platform !== 'win32') chmodSync(folder, 0o700)
    return succeed(folder)
  } catch (error) {
    return fail('data-folder-unusable', { folder, reason: messageOf(error) })
  }
}

/** Opens the store for writing: creates or migrates it first, and keeps a copy of the file as it was before. */
export function openStore(folder: string): Result<WritableStore> {
  return opened(folder, () => {
    const path = join(folder, fileName)
    const isNew = !existsSync(path)
    const connection = new Database(path)
    return prepare(connection, () => {
      if (isNew && process.platform !== 'win32') chmodSync(path, 0o600)
      checkVersion(connection)
      connection.pragma('journal_mode = WAL')
      // A commit that was reported is on the disk, even if the power fails the next moment.
      connection.pragma('synchronous = FULL')
      // 64 MB: what a scan looks up and changes stays in memory from one network to the next.
      connection.pragma('cache_size = -65536')
      connection.pragma(`wal_autocheckpoint = ${pagesToCheckpoint}`)
      connection.pragma('foreign_keys = ON')
      migrate(connection, folder)
    })
  })
}

/** Opens the store for reading only. The file must exist. */
export function openReader(folder: string): Result<ReadableStore> {
  return opened(folder, () => {
    const connection = new Database(join(folder, fileName), { readonly: true, fileMustExist: true })
    return prepare(connection, () => {
      checkVersion(connection)
      connection.pragma('query_only = ON')
      // 64 MB: the rows of 175,108 instances, and what a comparison of two scans looks up, stay in memory between two
      // questions.
      connection.pragma('cache_size = -65536')
    })
  })
}

/** A store in memory, for tests and for writing the schema out. */
export function openMemory(upTo = newestVersion): WritableStore {
  const connection = new Database(':memory:')
  connection.pragma('foreign_keys = ON')
  letStatementsAsk(connection)
  applyMigrations(connection, upTo)
  return { connection } as WritableStore
}

function prepare(connection: Database.Database, work: () => void): Database.Database {
  try {
    connection.pragma('busy_timeout = 5000')
    // Neither views nor triggers of a file that came from elsewhere may call functions of this process.
    connection.pragma('trusted_schema = OFF')
    letStatementsAsk(connection)
    work()
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

class NewerFile extends Error {}

function checkVersion(connection: Database.Database): void {
  const version = Number(connection.pragma('user_version', { simple: true }))
  const id = Number(connection.pragma('application_id', { simple: true }))
  if (version > newestVersion) throw new NewerFile(String(version))
  if (version > 0 && id !== applicationId)
    throw Object.assign(new Error('not a Paddock file'), { code: 'SQLITE_NOTADB' })
}

function migrate(connection: Database.Database, folder: string): void {
  const version = Number(connection.pragma('user_version', { simple: true }))
  if (version === newestVersion) return
  if (version > 0) {
    // VACUUM INTO writes a consistent copy; it refuses to overwrite one that is already there.
    const copy = join(folder, `paddock-before-${newestVersion}.sqlite`)
    if (!existsSync(copy)) connection.prepare('VACUUM INTO ?').run(copy)
  }
  applyMigrations(connection, newestVersion)
}

function applyMigrations(connection: Database.Database, upTo: number): void {
  const version = Number(connection.pragma('user_version', { simple: true }))
  const due = migrations.filter(migration => migration.version > version && migration.version <= upTo)
  connection
    .transaction(() => {
      for (const migration of due) connection.exec(migration.sql)
      connection.pragma(`application_id = ${applicationId}`)
      connection.pragma(`user_version = ${Math.max(version, upTo)}`)
    })
    .immediate()
}

function opened<S extends ReadableStore>(folder: string, open: () => Database.Database): Result<S> {
  try {
    return succeed({ connection: open() } as S)
  } catch (error) {
    if (error instanceof NewerFile)
      return fail('data-newer', { folder, file: Number(error.message), known: newestVersion })
    const failure = failureOf(error, folder)
    if (failure === null) throw error
    return { ok: false, failure }
  }
}

/** What went wrong with the file, in the closed list of failures; null: a bug. Classified here once, for every caller. */
export function failureOf(error: unknown, folder: string): Failure | null {
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  const details = { folder, reason: messageOf(error) }
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return { code: 'data-damaged', details }
  if (/^SQLITE_FULL/.test(code) || code === 'ENOSPC') return { code: 'disk-full', details }
  if (
    /^SQLITE_(CANTOPEN|READONLY|PERM|IOERR|BUSY)/.test(code) ||
    /^E(ACCES|PERM|ROFS|NOTDIR|EXIST)$/.test(code)
  ) {
    return { code: 'data-folder-unusable', details }
  }
  return null
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
