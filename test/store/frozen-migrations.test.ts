import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { textDigest } from '#main/store/keys.ts'
import { migrations } from '#main/store/migrations/index.ts'

/** SHA-256 of each migration that has landed. Files out there have gone through it: what it should have done, a later one does. */
const landed: Readonly<Record<number, string>> = {
  10: 'bf1858fe0995fd992376cebd7964f6d55a3220f89f1ac499ba8eb952c685b06c',
  20: '1dc1fb52b4b49cbe1d15f37f2a873afd68f08208d2c88ad11ea1bff4099d71dc',
  30: '97294b0963a034a69655c65b5d45fa1cde7c8a58d2dea450c4f6ad857ef64b6a',
  40: '32ef79cfef02dff8f2af768ea5e5d53c9e74fc8f630059355a05d742322cd064',
  50: '538a8fce6a8520241f92553c0f665a58178e6c6a768b39f51ac43bb46dd6aef4',
  60: '12b00bd2160811bb4c4f5ed6d9969cfe4fd1d372ec3ea2e73e6f891ea1053cc2',
  70: '6bc1a2d8bcc37638d539a62523cfe8b0336e2623f002c22d902246db9372b06f',
  80: 'c4761fd1cdd0c8002c712bd4e8969d203d27ea5fa6d53a029112d2b44c0e7430',
  90: '89269be1fa8bd983c1e9b358b0c3b6e6c9a4e395783e00aaa23163f0745f7624',
  100: '26dc0fccc639e5025e1ffb931d8bdfbea504d4f799be7095cdd994ce6a18ae2a',
  140: 'a051ac28d05b1583d960dd5d88b7bb42c8fe230019a24210a3bd08b6cceb0b46',
  150: '51bdfef098750449fe55fd5433fffb0d0bc7ad1672602b06bdf66eb06832cd6a',
  160: 'c84cc564158872950a153480165c61c025341d6c1106b349ee8166d27593a187',
}

/** A file that has gone through the migrations up to a version, with a list of names as they were kept then. */
function fileAt(version: number): Database.Database {
  const connection = new Database(':memory:')
  for (const each of migrations) if (each.version <= version) connection.exec(each.sql)
  connection
    .prepare("INSERT INTO query_sets (field, digest, members) VALUES ('model', ?, '')")
    .run(Buffer.from(textDigest('["llama3:8b"]'), 'hex'))
  return connection
}

function migrate(connection: Database.Database, after: number): void {
  for (const each of migrations) if (each.version > after) connection.exec(each.sql)
}

function objectsIn(connection: Database.Database): unknown {
  return connection.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all()
}

describe('a file at version 160', () => {
  it.each([
    ['as it landed', ''],
    ['without the indices nobody asks by', 'DROP INDEX spells_by_beginning; DROP INDEX last_looks_absent'],
  ])('%s becomes what a new one is, and tells lists by half of their digest', (_, before) => {
    const connection = fileAt(160)
    connection.exec(before)
    migrate(connection, 160)
    const fresh = new Database(':memory:')
    migrate(fresh, 0)
    expect(objectsIn(connection)).toEqual(objectsIn(fresh))
    const digest = connection.prepare('SELECT hex(digest) FROM query_sets').pluck().get() as string
    expect(digest.toLowerCase()).toBe(textDigest('["llama3:8b"]').slice(0, 32))
  })
})

describe('a migration that has landed', () => {
  it.each(Object.entries(landed))('%s is never edited', (version, digest) => {
    const found = migrations.find(migration => migration.version === Number(version))
    expect(textDigest(found?.sql ?? '')).toBe(digest)
  })

  it('stays in its place: versions only rise', () => {
    const versions = migrations.map(({ version }) => version)
    expect(versions).toEqual([...versions].sort((a, b) => a - b))
    expect(new Set(versions).size).toBe(versions.length)
  })
})
