import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { productRules } from '#main/scanner/products/index.ts'
import { type RecordedAnswer, serveAnswers } from '../support/raw-server.ts'
import { identifyAt } from '../support/scanning.ts'

/** What each product answers, and what only looks like it: `test/fixtures/products/<product>.json`. */
const folder = join(import.meta.dirname, '..', 'fixtures', 'products')

interface Fixture {
  readonly product: string
  readonly cases: readonly {
    readonly name: string
    readonly why: string
    readonly expect: 'unrecognised' | { readonly product: string; readonly suspected: string | null }
    /** By path; `origin`: the answer to /api/version for a page of another web site. */
    readonly answers: Readonly<Record<string, RecordedAnswer>>
    /** The answer to every other path. */
    readonly otherwise: RecordedAnswer
  }[]
}

const files = readdirSync(folder).filter(file => file.endsWith('.json'))
const fixtures = files.map(file => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Fixture)

describe('every product', () => {
  it.each(productRules.map(rule => rule.product))(
    '%s has a fixture that must be recognised and one that must not',
    product => {
      expect(
        existsSync(join(folder, `${product}.json`)),
        `write test/fixtures/products/${product}.json`,
      ).toBe(true)
      const cases = fixtures.find(fixture => fixture.product === product)?.cases ?? []
      const isIt = (each: (typeof cases)[number]) =>
        typeof each.expect === 'object' && each.expect.product === product
      expect(cases.some(isIt)).toBe(true)
      expect(cases.some(each => !isIt(each))).toBe(true)
    },
  )

  it('has a rule for every fixture', () => {
    expect(fixtures.map(fixture => fixture.product).sort()).toEqual(
      productRules.map(rule => rule.product).sort(),
    )
  })
})

describe.each(fixtures)('$product', ({ cases }) => {
  it.each(cases.map(each => [each.name, each] as const))(
    '%s',
    async (_, { why, answers, otherwise, expect: expected }) => {
      const server = await serveAnswers(
        (_method, path, head) => {
          const isForeign = /\r\nOrigin: https:\/\/scan\.invalid\r\n/.test(head)
          return (isForeign ? answers['origin'] : undefined) ?? answers[path] ?? otherwise
        },
        '127.113.0.1',
        11434,
      )
      onTestFinished(() => server.close())
      const seen = await identifyAt('127.113.0.1', 11434)
      if (typeof seen === 'string') return expect(seen, why).toEqual(expected)
      const { product, suspected, signals } = seen.identity
      expect({ product, suspected }, `${why}: ${JSON.stringify(signals)}`).toEqual(expected)
    },
  )
})
