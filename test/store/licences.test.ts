import { describe, expect, it } from 'vitest'
import { keepLicenceText, knownLicences, learnLicences } from '#main/services/model-licences.ts'
import { dataVersion } from '#main/store/inventory-rows.ts'
import { readLicence } from '#main/store/licence-texts.ts'
import { openMemory } from '#main/store/open.ts'
import { transaction, type WritableStore } from '#main/store/statement.ts'
import { unaskedLicence } from '#shared/domain/licence.ts'

const mit = {
  state: 'recognised' as const,
  licences: [{ id: 'MIT', title: 'MIT License', use: 'commercial' as const }],
  sha256: 'a',
  length: 1,
}
const none = { state: 'none' as const, licences: [], sha256: null, length: null }

/** One server at each of two sites. */
function twoSites(): WritableStore {
  const store = openMemory()
  store.connection.exec(`
    PRAGMA foreign_keys = OFF;
    INSERT INTO sites (id, name, created_at) VALUES (1, 'Here', 0), (2, 'There', 0);
  `)
  return store
}

function say(store: WritableStore, site: number, licence: typeof mit | typeof none): void {
  const number = keepLicenceText(store, licence)
  store.connection
    .prepare(`INSERT OR REPLACE INTO capability_claims
      (site_id, digest, generation, endpoint_id, capabilities, method, asked_at, scan_id, licence)
      VALUES (?, 'd', '0.12', ?, '[]', 'declared', 0, 1, ?)`)
    .run(site, site, number)
  learnLicences(store, [{ digest: 'd', licence: number }])
}

describe('the licence of a content', () => {
  it('is what all sites say together, and disputed where they do not agree', () => {
    const store = twoSites()
    expect(knownLicences(store)('d')).toEqual(unaskedLicence)
    say(store, 1, mit)
    expect(knownLicences(store)('d')).toEqual(mit)
    say(store, 2, none)
    expect(knownLicences(store)('d')).toMatchObject({ state: 'disputed' })
    say(store, 2, mit)
    expect(knownLicences(store)('d')).toEqual(mit)
  })

  it('that is said once more is no news to anybody', () => {
    const store = twoSites()
    say(store, 1, mit)
    const version = dataVersion(store)
    say(store, 2, mit)
    expect(dataVersion(store)).toBe(version)
  })

  it('read in a transaction that failed is not taken for the next', () => {
    const store = twoSites()
    expect(() =>
      transaction(store, () => {
        expect(readLicence(store, keepLicenceText(store, mit))).toEqual(mit)
        throw new Error('fails')
      }),
    ).toThrow('fails')
    expect(readLicence(store, keepLicenceText(store, none))).toEqual(none)
  })
})
