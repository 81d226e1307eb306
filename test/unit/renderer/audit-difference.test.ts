import { describe, expect, it } from 'vitest'
import { differencesOf, subjectsOf } from '../../../src/renderer/screens/audit/difference.ts'

describe('what a change changed', () => {
  it('is told field by field, without what stayed', () => {
    const change = {
      subject: 'owner 1',
      before: { name: 'Ada', unit: 'IT', email: null },
      after: { name: 'Ada King', unit: 'IT', email: 'ada@example.org' },
    }
    expect(differencesOf(change)).toEqual([
      { field: 'name', before: 'Ada', after: 'Ada King' },
      { field: 'email', before: null, after: 'ada@example.org' },
    ])
  })

  it('goes into objects, and takes a list as one value', () => {
    const change = {
      subject: 'rule x',
      before: { params: { days: 7 }, sites: ['a'] },
      after: { params: { days: 14 }, sites: ['a', 'b'] },
    }
    expect(differencesOf(change)).toEqual([
      { field: 'params.days', before: '7', after: '14' },
      { field: 'sites', before: '["a"]', after: '["a","b"]' },
    ])
  })

  it('is all of it where there was nothing before, or is nothing after', () => {
    expect(differencesOf({ subject: 'a', before: null, after: { x: true } })).toEqual([
      { field: 'x', before: null, after: 'true' },
    ])
    expect(differencesOf({ subject: 'a', before: 'text', after: null })).toEqual([
      { field: '', before: 'text', after: null },
    ])
  })

  it('is counted for bulk commands', () => {
    const change = { subject: 'instance 4 technical', before: null, after: null }
    expect(subjectsOf([change, change], 175_108)).toBe('instance 4 technical +175107')
    expect(subjectsOf([null], 1)).toBe('')
    expect(subjectsOf([change], 1)).toBe('instance 4 technical')
  })
})
