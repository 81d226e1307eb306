import { describe, expect, it } from 'vitest'
import { openMemory } from '#main/store/open.ts'
import { keepSnapshot, readSnapshot } from '#main/store/snapshots.ts'
import { nothingKnown } from '#shared/domain/protection.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'
import { bracketOf } from '#shared/domain/version-bracket.ts'

const facts: StableFacts = {
  product: 'ollama',
  suspected: null,
  version: '0.18.0',
  bracket: bracketOf([
    { kind: 'status', finding: 'route', about: '/api/status', atLeast: '0.16.2', below: null },
    { kind: 'tags', finding: 'no-field', about: 'capabilities', atLeast: null, below: '0.30.0' },
  ]),
  access: { api: 'open', v1: 'open' },
  cors: 'restricted',
  protection: nothingKnown,
  front: null,
  cloudDisabled: false,
  certificate: null,
  models: [],
}

describe('a snapshot', () => {
  it.each([
    ['with a version bracket', facts],
    ['without one', { ...facts, product: 'unknown' as const, version: null, bracket: null }],
  ])('says again what it was told, %s', (_, told) => {
    const store = openMemory()
    const id = keepSnapshot(store, told)
    expect(readSnapshot(store, id)).toEqual(told)
    expect(keepSnapshot(store, readSnapshot(store, id))).toBe(id)
  })

  it('is another one where what a server does has changed', () => {
    const store = openMemory()
    const id = keepSnapshot(store, facts)
    expect(keepSnapshot(store, { ...facts, bracket: bracketOf([]) })).not.toBe(id)
  })
})
