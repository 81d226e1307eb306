import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { advisoryConfidences, advisorySources, components, visibilities } from '#shared/domain/advisory.ts'
import { advisoryReasons, advisoryStates, versionTrusts } from '#shared/domain/advisory-match.ts'
import { BracketEvidence } from '#shared/domain/version-bracket.ts'
import { failureCodes } from '#shared/result.ts'
import { withoutForm } from '../../support/locale-files.ts'

type Tree = Readonly<Record<string, unknown>>

const read = (language: string, file: string): Tree =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../resources/locales', language, `${file}.json`), 'utf8'),
  )

function keysOf(tree: Tree, above = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${above}${key}`] : keysOf(value as Tree, `${above}${key}.`),
  )
}

describe.each(['en', 'de'])('the words, %s', language => {
  it.each([
    ['advisoryState', advisoryStates],
    ['advisoryReason', advisoryReasons],
    ['versionTrust', versionTrusts],
    ['advisoryConfidence', advisoryConfidences],
    ['advisoryComponent', components],
    ['advisoryVisible', visibilities],
    ['advisorySource', advisorySources],
    ['bracketFinding', BracketEvidence.shape.finding.options],
  ])('exist for every %s, and for nothing else', (name, list) => {
    const terms = read(language, 'terms')
    expect(Object.keys(terms[name] as Tree).sort()).toEqual([...list].sort())
  })

  it('exist for every failure', () => {
    const expected = failureCodes.flatMap(code => [`${code}.error`, `${code}.next`])
    const keys = new Set(keysOf(read(language, 'failures')).map(withoutForm))
    expect([...keys].sort()).toEqual(expected.sort())
  })

  it.each(['terms', 'cli', 'failures'])('are as complete as the other language: %s', file => {
    const other = language === 'en' ? 'de' : 'en'
    expect(keysOf(read(language, file)).sort()).toEqual(keysOf(read(other, file)).sort())
  })
})
