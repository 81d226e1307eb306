import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { replaceAdvisories, resetAdvisories } from '#main/services/advisories.ts'
import { type AdvisoryShelf, createAdvisoryShelf, readEdition } from '#main/services/advisory-shelf.ts'
import type { Transaction } from '#main/services/context.ts'
import { openMemory } from '#main/store/open.ts'
import type { WritableStore } from '#main/store/statement.ts'
import type { AdvisoryData } from '#shared/domain/advisory.ts'

const file = join(import.meta.dirname, '..', '..', '..', 'resources', 'advisories', 'ollama.json')
const shipped: AdvisoryData = JSON.parse(readFileSync(file, 'utf8'))
const edition = (dataVersion: number) => JSON.stringify({ ...shipped, dataVersion })
/** A Paddock that came with an edition. */
const paddockWith = (dataVersion: number) => createAdvisoryShelf(() => edition(dataVersion))
const inForce = (shelf: AdvisoryShelf, store: WritableStore) => {
  const { edition, replacement } = shelf.inForce(store)
  return [edition.about.dataVersion, replacement === null ? 'shipped' : 'replaced']
}

function byAda(store: WritableStore, now: number): Transaction {
  const sign = () => null
  const identity = {
    id: 1,
    name: 'Ada',
    role: 'administrator',
    publicKey: '',
    isProven: false,
    sign,
  } as const
  return { store, now, actor: 'Ada', identity, changed: () => {} }
}

function replace(store: WritableStore, shelf: AdvisoryShelf, dataVersion: number, older = false) {
  const transaction = byAda(store, 1)
  const gathered = { edition: readEdition(edition(dataVersion), 'file'), shelf }
  return replaceAdvisories.run(transaction, { file: 'file', older }, gathered)
}

describe('an edition that replaces the shipped one', () => {
  it('holds until a Paddock with a newer one comes', () => {
    const store = openMemory()
    expect(replace(store, paddockWith(10), 12)).toMatchObject({ ok: true })
    expect(inForce(paddockWith(10), store)).toEqual([12, 'replaced'])
    expect(inForce(paddockWith(12), store)).toEqual([12, 'replaced'])
    expect(inForce(paddockWith(13), store)).toEqual([13, 'shipped'])
    // Back at the older Paddock it holds again.
    expect(inForce(paddockWith(11), store)).toEqual([12, 'replaced'])
  })

  it('that is older on purpose holds whatever comes', () => {
    const store = openMemory()
    expect(replace(store, paddockWith(10), 9)).toMatchObject({ failure: { code: 'advisories-older' } })
    expect(replace(store, paddockWith(10), 9, true)).toMatchObject({ ok: true })
    expect(inForce(paddockWith(10), store)).toEqual([9, 'replaced'])
    expect(inForce(paddockWith(20), store)).toEqual([9, 'replaced'])
    const shelf = paddockWith(20)
    expect(resetAdvisories.run(byAda(store, 2), {}, shelf)).toMatchObject({ ok: true })
    expect(inForce(shelf, store)).toEqual([20, 'shipped'])
  })

  it('is read and checked once, however often it is asked for', () => {
    let reads = 0
    const shelf = createAdvisoryShelf(() => {
      reads++
      return edition(3)
    })
    const store = openMemory()
    expect(shelf.inForce(store).edition).toBe(shelf.inForce(store).edition)
    replace(store, shelf, 4)
    expect(shelf.inForce(store).edition).toBe(shelf.inForce(store).edition)
    expect(reads).toBe(1)
  })

  it('does not count as shipped if what was shipped is broken: that is a bug, and told', () => {
    expect(() => createAdvisoryShelf(() => '{}').shipped()).toThrow(/shipped advisories/)
  })
})
