import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldNames } from '#shared/query/fields.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { fits } from '#shared/query/pattern.ts'
import { quote, tokenize } from '#shared/query/tokens.ts'
import { readVersionBound, versionWithin } from '#shared/query/version-bound.ts'

function conditionOf(query: string) {
  const parsed = parseQuery(query)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.mistake))
  return parsed.condition
}

describe('the query language', () => {
  it('reads the example of the user guide', () => {
    const query = 'tools:yes access:open owner:none version<0.17.1 site:"Plant 7" lastSeen<30d -family:bert'
    expect(conditionOf(query)).toMatchObject({
      kind: 'all',
      of: [
        { kind: 'choice', field: 'tools', value: 'yes' },
        { kind: 'choice', field: 'access', value: 'open' },
        { kind: 'state', field: 'owner', state: 'none' },
        { kind: 'version', bound: { comparison: '<', numbers: [0, 17, 1] } },
        { kind: 'names', field: 'site', pattern: { kind: 'is', text: 'plant 7' } },
        { kind: 'age', field: 'lastSeen', interval: { max: 30 * 86_400_000, withMax: false } },
        { kind: 'not', of: { kind: 'names', field: 'family' } },
      ],
    })
  })

  it('binds and before or, and parentheses before both', () => {
    expect(conditionOf('a b or c')).toEqual({
      kind: 'any',
      of: [{ kind: 'all', of: [text('a'), text('b')] }, text('c')],
    })
    expect(conditionOf('a (b or c)')).toEqual({
      kind: 'all',
      of: [text('a'), { kind: 'any', of: [text('b'), text('c')] }],
    })
    expect(conditionOf('not (a and b)')).toEqual(conditionOf('-(a b)'))
  })

  it.each([
    ['10.0.0.1:11434', '10.0.0.1:11434'],
    ['[fd00::1]:11434', '[fd00::1]:11434'],
    ['llama3:8b', 'llama3:8b'],
    ['"a \\"b\\" or c"', 'a "b" or c'],
    ['"access:open"', 'access:open'],
    ['Ä', 'ä'],
  ])('takes %s as text', (query, folded) => expect(conditionOf(query)).toEqual(text(folded)))

  it('takes a word of the language in quotes as what it says', () => {
    expect(conditionOf('family:"unknown"')).toMatchObject({ kind: 'names' })
    expect(conditionOf('family:unknown')).toMatchObject({ kind: 'state' })
    expect(conditionOf('model:"a*"')).toMatchObject({ pattern: { kind: 'has', text: 'a*' } })
    expect(conditionOf('model:a*')).toMatchObject({ pattern: { kind: 'like' } })
  })

  it.each([
    ['acess:open', 'query-field-misspelt', 'acess'],
    ['bogus:1', 'query-field-unknown', 'bogus'],
    ['tools:yes access:maybe', 'query-value-unknown', 'maybe'],
    ['access:open,maybe', 'query-value-unknown', 'maybe'],
    ['x access:', 'query-value-missing', 'access:'],
    ['access: open', 'query-value-missing', 'access:'],
    ['access:open,', 'query-value-missing', 'access:open,'],
    ['version<now', 'query-version-malformed', 'now'],
    ['version <0.17', 'query-operator-alone', '<0.17'],
    ['site<a', 'query-operator-wrong', '<'],
    ['access>=open', 'query-operator-wrong', '>='],
    ['owner<none', 'query-operator-wrong', '<'],
    ['lastSeen:30d', 'query-comparison-missing', ':'],
    ['lastSeen<30', 'query-age-malformed', '30'],
    ['size:4gb', 'query-comparison-missing', ':'],
    ['size>4', 'query-amount-malformed', '4'],
    ['models:many', 'query-number-malformed', 'many'],
    ['address:10.0.0', 'query-address-malformed', '10.0.0'],
    ['address:10.0.0.1/24', 'query-address-host-bits', '10.0.0.1/24'],
    ['(a or b', 'query-parenthesis-unclosed', '('],
    ['a) b', 'query-parenthesis-unopened', ')'],
    ['a or', 'query-term-missing', ''],
    ['or a', 'query-term-missing', 'or'],
    ['a - b or -', 'query-term-missing', ''],
    ['()', 'query-term-missing', ')'],
    ['site:"Plant', 'query-quote-unclosed', '"Plant'],
    [`${'('.repeat(21)}a${')'.repeat(21)}`, 'query-too-deep', '('],
    ['a '.repeat(101).trim(), 'query-too-many-terms', 'a'],
  ])('points at the mistake in %s', (query, code, at) => {
    const parsed = parseQuery(query)
    if (parsed.ok) throw new Error('it was understood')
    const { start, end } = parsed.mistake
    expect([parsed.mistake.code, query.slice(start, end)]).toEqual([code, at])
    if (at === '') expect(start).toBe(query.length)
  })

  it('always answers, and at a place that exists', () => {
    const scraps = fc.constantFrom(
      'access:',
      'open',
      '"',
      '(',
      ')',
      '-',
      ' ',
      'or',
      ',',
      '<',
      '\\',
      'a',
      '*',
      'not',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(scraps).map(all => all.join('')),
        ),
        query => {
          const parsed = parseQuery(query)
          if (parsed.ok) return
          expect(parsed.mistake.start).toBeLessThanOrEqual(parsed.mistake.end)
          expect(parsed.mistake.end).toBeLessThanOrEqual(query.length)
        },
      ),
    )
  })

  it('loses no character but space', () => {
    fc.assert(
      fc.property(fc.string(), query => {
        const tokens = tokenize(query)
        const covered = tokens.map(token => query.slice(token.start, token.end)).join('')
        expect(query.replace(/\s+/gu, '').length).toBeLessThanOrEqual(covered.length)
        for (const [index, token] of tokens.entries()) {
          expect(token.start).toBeGreaterThanOrEqual(tokens[index - 1]?.end ?? 0)
          expect(token.end).toBeGreaterThan(token.start)
        }
      }),
    )
  })

  it('reads any quoted text as itself', () => {
    fc.assert(
      fc.property(fc.string(), anything => {
        expect(tokenize(quote(anything))).toMatchObject([{ text: anything, quoted: true }])
      }),
    )
  })

  it('names no field twice, whatever the case', () => {
    expect(new Set(fieldNames.map(name => name.toLowerCase())).size).toBe(fieldNames.length)
  })
})

function text(folded: string) {
  return { kind: 'text', text: folded }
}

describe('versions', () => {
  it.each([
    [
      '=',
      '0.17',
      ['0.17.0', '0.17.9', '0.17.0-rc1', '0.17.3-0-gabc-dirty'],
      ['0.18.0', '0.1.7', '0.0.0', null],
    ],
    ['<', '0.17.1', ['0.17.0', '0.9.99', '0.17.1-rc3'], ['0.17.1', '0.17.10', '1.0.0', 'dirty', null]],
    ['<=', '0.17', ['0.17.99', '0.17.0-rc1', '0.2.0'], ['0.18.0-rc1', '0.18.0']],
    ['>', '0.17', ['0.18.0-rc1', '0.18.0', '1.0.0'], ['0.17.0', '0.17.99']],
    ['>=', '0.17.1', ['0.17.1', '0.17.2-rc1'], ['0.17.1-rc1', '0.17.0']],
    ['=', '0.17.1-rc2', ['0.17.1-rc2'], ['0.17.1', '0.17.1-rc20']],
    ['<', '0.17.1-rc2', ['0.17.1-rc1', '0.17.0'], ['0.17.1-rc2', '0.17.1']],
  ] as const)('%s %s', (comparison, written, within, outside) => {
    const bound = readVersionBound(comparison, written)
    if (bound === null) throw new Error('no version')
    for (const version of within) expect(versionWithin(bound, version), version).toBe(true)
    for (const version of outside) expect(versionWithin(bound, version), String(version)).toBe(false)
  })
})

describe('stars', () => {
  it('stand for any text, and cost no more for it', () => {
    const parts = (pattern: string) => ({ kind: 'like' as const, parts: pattern.split('*') })
    expect(fits(parts('llama*'), 'llama3:8b')).toBe(true)
    expect(fits(parts('*8b'), 'llama3:8b')).toBe(true)
    expect(fits(parts('l*:*b'), 'llama3:8b')).toBe(true)
    expect(fits(parts('ab*ba'), 'aba')).toBe(false)
    expect(fits(parts('*a*a*'), 'ba')).toBe(false)
    const started = performance.now()
    expect(fits(parts(`${'a*'.repeat(500)}b`), 'a'.repeat(100_000))).toBe(false)
    expect(performance.now() - started).toBeLessThan(500)
  })
})
