import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { complete } from '#shared/query/complete.ts'
import { fieldNames } from '#shared/query/fields.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { hasTerm, stateTerm, toggleTerm, valueTerm } from '#shared/query/term.ts'

const names: Record<string, string[]> = {
  family: ['llama', 'qwen2'],
  site: ['Plant 7', 'Office'],
  model: ['unknown'],
}
/** `|` is the cursor. */
function at(marked: string) {
  const cursor = marked.indexOf('|')
  const query = marked.replace('|', '')
  const { start, end, items } = complete(query, cursor, field => names[field] ?? [])
  return {
    replaced: query.slice(start, end),
    texts: items.map(item => item.text),
    results: items.map(item => `${query.slice(0, start)}${item.text}${query.slice(end)}`),
  }
}

describe('completion', () => {
  it('offers fields where a term may begin', () => {
    expect(at('|').texts).toContain('access:')
    expect(at('tools:yes |').texts).toContain('access:')
    expect(at('acc|')).toMatchObject({ replaced: 'acc', texts: ['access:'] })
    expect(at('-fam|').results).toEqual(['-family:'])
    expect(at('(see|').texts).toEqual(['firstSeen<', 'lastSeen<'])
  })

  it('offers the operators of a field that is written in full', () => {
    expect(at('version|').texts).toEqual([
      'version<',
      'version<=',
      'version>',
      'version>=',
      'version:',
      'version=',
    ])
  })

  it('offers the words of a closed list, and what else a field can be', () => {
    expect(at('tools:|').texts).toEqual(['yes', 'no', 'unknown'])
    expect(at('access:o|').results).toEqual(['access:open', 'access:forbidden', 'access:unknown'])
    expect(at('access:open,f|').results).toEqual(['access:open,forbidden'])
    expect(at('lastSeen<|').texts).toContain('30d')
  })

  it('offers names that occur, in quotes where they need them', () => {
    expect(at('family:|').texts).toEqual(['llama', 'qwen2', 'unknown', 'none'])
    expect(at('site:pl|').results).toEqual(['site:"Plant 7"'])
    expect(at('site:"Pl|').results).toEqual(['site:"Plant 7"'])
    expect(at('model:u|').texts).toEqual(['"unknown"', 'unknown'])
  })

  it('offers nothing inside quoted text and for a field there is not', () => {
    expect(at('"acc|').texts).toEqual([])
    expect(at('bogus:|').texts).toEqual([])
  })

  it('keeps what comes behind the cursor, and answers anywhere', () => {
    expect(at('acc| tools:yes').results).toEqual(['access: tools:yes'])
    fc.assert(
      fc.property(fc.string(), fc.nat(), (query, place) => {
        const cursor = place % (query.length + 1)
        const { start, end } = complete(query, cursor, () => [])
        expect(start).toBeLessThanOrEqual(cursor)
        expect(end).toBeGreaterThanOrEqual(start)
      }),
    )
  })
})

describe('terms of facets', () => {
  const field = fc.constantFrom(
    ...fieldNames.filter(name => ['family', 'model', 'site', 'version', 'tag', 'parameters'].includes(name)),
  )

  it('are read as the value itself, alone and added to any query', () => {
    fc.assert(
      fc.property(field, fc.string({ minLength: 1 }), (name, value) => {
        const term = valueTerm(name, value)
        expect(parseQuery(term)).toMatchObject({ ok: true, condition: { kind: 'names' } })
        const narrowed = toggleTerm('access:open', term)
        expect(hasTerm(narrowed, term)).toBe(true)
        expect(toggleTerm(narrowed, term)).toBe('access:open')
      }),
    )
  })

  it('go in and out of a query', () => {
    expect(toggleTerm('', stateTerm('family', 'unknown'))).toBe('family:unknown')
    expect(toggleTerm('a family:unknown b', 'family:unknown')).toBe('a b')
    expect(toggleTerm('a or b', 'tools:yes')).toBe('(a or b) tools:yes')
    expect(hasTerm('-tools:yes', 'tools:yes')).toBe(false)
    expect(hasTerm('(tools:yes)', 'tools:yes')).toBe(false)
    expect(hasTerm('tools:yes,no', 'tools:yes')).toBe(false)
  })
})
