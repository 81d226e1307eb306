import { describe, expect, test } from 'vitest'
import { Rule } from '#shared/domain/policy.ts'
import { type Draft, emptyDraft, textOf } from '../../../src/renderer/screens/policies/rule-text.ts'

const written = (draft: Partial<Draft>) => Rule.parse(JSON.parse(textOf({ ...emptyDraft, ...draft })))

describe('a rule that is being written', () => {
  test('is a rule at every moment, so that it can be tried while it is not finished', () => {
    expect(written({})).toMatchObject({ key: 'unnamed', brokenWhen: 'false', remedy: {}, params: {} })
  })

  test('applies to all instances where nothing says otherwise', () => {
    expect(written({ scope: '  ' }).scope).toBeUndefined()
    expect(written({ scope: "zone == 'dmz'" }).scope).toBe("zone == 'dmz'")
  })

  test('keeps of its remedies what is written, in both languages, and nothing of one only begun', () => {
    const begun = { what: { en: '', de: ' ' }, commands: [''], verify: '' }
    const docker = {
      what: { en: 'Publish no port', de: '' },
      commands: ['docker stop ai', ' '],
      verify: ' docker ps ',
    }
    expect(written({ remedy: { systemd: begun, docker } }).remedy).toEqual({
      docker: {
        what: { en: 'Publish no port', de: 'Publish no port' },
        commands: ['docker stop ai'],
        verify: 'docker ps',
      },
    })
  })

  test('drops a parameter without a name', () => {
    expect(written({ params: { '': 1, days: 7 } }).params).toEqual({ days: 7 })
  })
})
