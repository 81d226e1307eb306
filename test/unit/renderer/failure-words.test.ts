import { describe, expect, it } from 'vitest'
import { type FailureCode, fail, failureCodes } from '#shared/result.ts'
import { failureWords } from '../../../src/renderer/components/failure-words.ts'
import type { Language } from '../../../src/renderer/format/language.ts'
import { createWords } from '../../../src/renderer/i18n/i18n.ts'
import { wordsOf } from '../../support/locale-files.ts'

const missing: string[] = []
const words = (code: FailureCode, details: Record<string, string | number>, language: Language = 'en') =>
  failureWords(fail(code, details).failure, createWords(language, key => missing.push(key)).t, language)

describe('a failure in words', () => {
  it('names what is wrong and what to do, with its details', () => {
    expect(
      words('range-host-bits', { text: '10.0.0.5/24', network: '10.0.0.0/24', address: '10.0.0.5' }),
    ).toEqual({
      error: '10.0.0.5/24 names a network, but its address has host bits set.',
      next: 'Write 10.0.0.0/24 for the whole network, or 10.0.0.5 for the one address.',
    })
  })

  it('speaks of the window, where the command line has words of its own', () => {
    expect(words('range-public', { block: '8.8.8.8' }).next).not.toContain('--confirm-public')
    expect(words('scan-running', { scan: 3 }, 'de')).toEqual({
      error: 'Scan 3 läuft.',
      next: expect.not.stringContaining('paddock'),
    })
  })

  it('writes dates and sizes as people do', () => {
    const expired = { block: '10.0.0.0/24', validUntil: '2026-03-01' }
    expect(words('authorisation-expired', expired).error).toContain('ended on 1 Mar 2026.')
    expect(words('authorisation-expired', expired, 'de').error).toMatch(/am 1\. März 2026/)
    const size = String(2n ** 65n)
    expect(words('range-too-large', { text: 'fd00::/63', size }).error).toContain(
      '36,893,488,147,419,103,232',
    )
  })

  it('speaks of one otherwise than of many', () => {
    expect(words('all-refused', { count: 1 }).error).toBe(
      'What was asked for was refused: nothing was changed.',
    )
    expect(words('all-refused', { count: 1200 }, 'de').error).toMatch(/^Alle 1\.200 wurden abgelehnt/)
  })

  it('keeps what a server said as it is: no markup is made of it, nothing in it filled in', () => {
    const text = '<b>{{text}}</b> & $t(product)'
    expect(words('range-malformed', { text }).error).toBe(`"${text}" is not an address range.`)
  })

  it.each(['en', 'de'] as const)('is there for every code in %s, with every hole filled', language => {
    for (const code of failureCodes) {
      const texts = [...wordsOf(language, 'failures'), ...wordsOf(language, 'console')].filter(
        ([key]) => key.startsWith(`${code}.`) || key === `failureNext.${code}`,
      )
      const names = texts.flatMap(([, text]) =>
        [...String(text).matchAll(/\{\{(\w+)/g)].map(([, name]) => name),
      )
      const details = Object.fromEntries(names.map(name => [name, name === 'count' ? 7 : '7']))
      for (const text of Object.values(words(code, details, language))) expect(text).toMatch(/^[^{]*\S[^{]*$/)
    }
    expect(missing).toEqual([])
  })
})
