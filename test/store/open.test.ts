import { fork } from 'node:child_process'
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { holderOf, lockFolder } from '#main/store/folder-lock.ts'
import { migrations, newestVersion } from '#main/store/migrations/index.ts'
import { makeFolder, openMemory, openReader, openStore } from '#main/store/open.ts'
import { schemaOf } from '#main/store/schema-text.ts'
import { addSite, siteByName } from '#main/store/sites.ts'
import { transaction, type WritableStore } from '#main/store/statement.ts'
import { temporaryFolder } from '../support/temporary.ts'

function opened(folder: string): WritableStore {
  const store = openStore(folder)
  if (!store.ok) throw new Error(store.failure.code)
  return store.value
}

describe('the store', () => {
  it('has the schema that is under review', () => {
    const reviewed = readFileSync(join(import.meta.dirname, '../../src/main/store/schema.sql'), 'utf8')
    expect(schemaOf(openMemory()), 'the migrations and schema.sql differ: npm run schema').toBe(reviewed)
  })

  it('has only STRICT tables', () => {
    const { connection } = openMemory()
    const tables = connection.pragma('table_list') as { name: string; strict: number; type: string }[]
    const loose = tables.filter(
      table => table.type === 'table' && !table.name.startsWith('sqlite_') && table.strict === 0,
    )
    expect(loose).toEqual([])
  })

  it('knows its columns as the query builder does', () => {
    const { connection } = openMemory()
    const folder = join(import.meta.dirname, '../../src/main/store')
    const files = readdirSync(folder).filter(
      file => /^schema(-[a-z]+)*\.ts$/.test(file) && file !== 'schema-text.ts',
    )
    const source = files.map(file => readFileSync(join(folder, file), 'utf8')).join('\n')
    const interfaces = new Map(
      [...source.matchAll(/interface (\w+) \{\n([^}]*)\}/g)].map(([, name, body]) => [
        name,
        [...(body ?? '').matchAll(/^ {2}(\w+):/gm)].map(match => match[1]),
      ]),
    )
    const lists = [...source.matchAll(/export interface \w*Tables\s[^{]*\{\n([^}]*)\}/g)].map(
      match => match[1] ?? '',
    )
    const tables = lists.flatMap(list => [...list.matchAll(/(\w+): (\w+)/g)])
    const declared = tables.map(([, table, type]) => [table, interfaces.get(type ?? '')])
    const real = tables.map(([, table]) => [
      table,
      (connection.pragma(`table_info(${table})`) as { name: string }[]).map(column => column.name),
    ])
    expect(declared).toEqual(real)
    const all = connection.prepare(
      "SELECT count(*) FROM pragma_table_list WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'",
    )
    expect(tables.length).toBe(all.pluck().get())
  })

  it('has migrations that rise by tens', () => {
    expect(migrations.map(migration => migration.version % 10)).toEqual(migrations.map(() => 0))
    expect(migrations.map(migration => migration.version)).toEqual(
      [...migrations.map(each => each.version)].sort((a, b) => a - b),
    )
  })

  it('is for its owner only', () => {
    const folder = join(temporaryFolder(), 'data')
    expect(makeFolder(folder).ok).toBe(true)
    opened(folder).connection.close()
    if (process.platform === 'win32') return
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'paddock.sqlite')).mode & 0o777).toBe(0o600)
  })

  it('written by a newer Paddock is refused and not touched', () => {
    const folder = temporaryFolder()
    const { connection } = opened(folder)
    connection.pragma(`user_version = ${newestVersion + 10}`)
    connection.close()
    const before = readFileSync(join(folder, 'paddock.sqlite'))
    expect(openStore(folder)).toMatchObject({ ok: false, failure: { code: 'data-newer' } })
    expect(openReader(folder)).toMatchObject({ ok: false, failure: { code: 'data-newer' } })
    expect(readFileSync(join(folder, 'paddock.sqlite')).equals(before)).toBe(true)
  })

  it('is copied before it is migrated', () => {
    const folder = temporaryFolder()
    const old = new Database(join(folder, 'paddock.sqlite'))
    // A file of the time before the first migration: nothing in it but its marks.
    old.exec('CREATE TABLE remembered (x TEXT) STRICT')
    old.pragma(`application_id = ${0x50616464}`)
    old.pragma('user_version = 5')
    old.close()
    opened(folder).connection.close()
    const copy = new Database(join(folder, `paddock-before-${newestVersion}.sqlite`), { readonly: true })
    expect(copy.pragma('user_version', { simple: true })).toBe(5)
    copy.close()
  })

  it.each([
    [
      'another program wrote',
      (path: string) => {
        const other = new Database(path)
        other.exec('CREATE TABLE x (y)')
        other.pragma('user_version = 3')
        other.close()
      },
    ],
    [
      'is no database',
      (path: string) =>
        writeFileSync(path, 'this is a letter to my aunt, and quite a long one, too '.repeat(40)),
    ],
  ])('that %s is called damaged', (_, write) => {
    const folder = temporaryFolder()
    write(join(folder, 'paddock.sqlite'))
    expect(openStore(folder)).toMatchObject({ ok: false, failure: { code: 'data-damaged' } })
  })

  it('that cannot be written is said to be so', () => {
    const file = join(temporaryFolder(), 'a-file')
    writeFileSync(file, '')
    expect(makeFolder(join(file, 'data'))).toMatchObject({
      ok: false,
      failure: { code: 'data-folder-unusable' },
    })
    const folder = temporaryFolder()
    if (process.getuid?.() === 0 || process.platform === 'win32') return
    chmodSync(folder, 0o500)
    expect(openStore(folder)).toMatchObject({ ok: false, failure: { code: 'data-folder-unusable' } })
  })

  it('opened for reading cannot be changed, and sees what is committed', () => {
    const folder = temporaryFolder()
    const store = opened(folder)
    const reader = openReader(folder)
    if (!reader.ok) throw new Error(reader.failure.code)
    addSite(store, { name: 'Plant 7', at: 1 })
    expect(siteByName(reader.value, { name: 'plant 7' })?.name).toBe('Plant 7')
    expect(() => addSite(reader.value as WritableStore, { name: 'Plant 8', at: 1 })).toThrow(/readonly/)
    reader.value.connection.close()
    store.connection.close()
  })

  it('keeps all of a transaction or nothing', () => {
    const store = openMemory()
    expect(() =>
      transaction(store, () => {
        addSite(store, { name: 'A', at: 1 })
        addSite(store, { name: 'a', at: 1 })
      }),
    ).toThrow(/UNIQUE/)
    expect(siteByName(store, { name: 'A' })).toBeUndefined()
  })
})

describe('a data folder', () => {
  const holder = {
    pid: process.pid,
    name: 'test',
    since: '2026-11-23T00:00:00.000Z',
    socket: 's',
    token: 't',
  }

  it('has one owner, whose name others can read', () => {
    const folder = temporaryFolder()
    const lock = lockFolder(folder, holder)
    if (!('release' in lock)) throw new Error('not locked')
    expect(lockFolder(folder, { ...holder, name: 'second' })).toEqual({ holder })
    lock.release()
    const next = lockFolder(folder, { ...holder, name: 'second' })
    expect('release' in next).toBe(true)
    if ('release' in next) next.release()
  })

  it('is free the moment its owner is killed', async () => {
    const folder = temporaryFolder()
    const child = fork(join(import.meta.dirname, '../support/hold-folder.ts'), [folder])
    await new Promise(resolve => child.once('message', resolve))
    expect(lockFolder(folder, holder)).toEqual({ holder: expect.objectContaining({ pid: child.pid }) })
    const gone = new Promise(resolve => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
    const lock = lockFolder(folder, holder)
    expect('release' in lock).toBe(true)
    if ('release' in lock) lock.release()
    expect(holderOf(folder)?.pid).toBe(process.pid)
    expect(readdirSync(folder)).toContain('owner.lock')
  })
})
