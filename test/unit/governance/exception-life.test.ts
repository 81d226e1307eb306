import { describe, expect, it } from 'vitest'
import { basisOf, changedBasis, type ExceptionBasis } from '#main/governance/exception-life.ts'
import type { Facts } from '#shared/domain/facts.ts'
import { caseFacts } from '#shared/domain/policy.ts'

const model = { name: 'a:1b', digest: 'd1', tools: false, remote: false, registry: 'r' }
const granted = { ...caseFacts, models: [model] } as unknown as Facts
const now = (change: object) => basisOf({ ...granted, ...change } as Facts)
const since = (after: ExceptionBasis) => changedBasis(basisOf(granted), after)

describe('leave to break a rule', () => {
  it('holds while nothing it was granted on changes', () => {
    expect(since(basisOf(granted))).toBeNull()
    expect(since(now({ site: { name: 'Elsewhere' }, history: { scanCount: 99 } }))).toBeNull()
  })

  it.each([
    ['version', { version: '0.41.0' }],
    ['exposure', { exposure: { ...caseFacts.exposure, access: 'open' } }],
    ['exposure', { exposure: { ...caseFacts.exposure, originsOpen: true } }],
    ['exposure', { exposure: { ...caseFacts.exposure, managementReachable: true } }],
    ['exposure', { exposure: { ...caseFacts.exposure, publicAddress: true } }],
    ['capability', { instance: { ...caseFacts.instance, toolCalling: true } }],
    ['model', { models: [model, { ...model, name: 'b:1b', digest: 'd2' }] }],
    ['model', { models: [{ ...model, digest: 'd2' }] }],
    ['model', { models: [] }],
    ['zone', { zone: 'dmz' }],
  ])('lapses with its %s: %j', (reason, change) => {
    expect(since(now(change))).toBe(reason)
  })

  it('does not lapse because something cannot be seen any more', () => {
    const hidden = { version: undefined, models: undefined }
    expect(since(now(hidden))).toBeNull()
    expect(changedBasis(now(hidden), basisOf(granted))).toBeNull()
  })

  it('is not about the order in which models are listed', () => {
    const other = { ...model, name: 'b:1b', digest: 'd2' }
    const two = basisOf({ ...granted, models: [model, other] } as unknown as Facts)
    expect(changedBasis(two, basisOf({ ...granted, models: [other, model] } as unknown as Facts))).toBeNull()
  })
})
