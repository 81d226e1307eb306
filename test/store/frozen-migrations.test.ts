import { describe, expect, it } from 'vitest'
import { textDigest } from '#main/store/keys.ts'
import { migrations } from '#main/store/migrations/index.ts'

/** SHA-256 of each migration that has landed. Files out there have gone through it: what it should have done, a later one does. */
const landed: Readonly<Record<number, string>> = {
  10: 'bf1858fe0995fd992376cebd7964f6d55a3220f89f1ac499ba8eb952c685b06c',
  20: '1dc1fb52b4b49cbe1d15f37f2a873afd68f08208d2c88ad11ea1bff4099d71dc',
  30: '97294b0963a034a69655c65b5d45fa1cde7c8a58d2dea450c4f6ad857ef64b6a',
  40: '32ef79cfef02dff8f2af768ea5e5d53c9e74fc8f630059355a05d742322cd064',
}

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
