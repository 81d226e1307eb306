import { describe, expect, it } from 'vitest'
import { factPaths, memberPaths } from '#shared/domain/fact-paths.ts'
import { parts } from '#shared/domain/facts.ts'
import { exceptions, findings, toDo } from '../../../src/renderer/state/findings-route.ts'
import { policies } from '../../../src/renderer/state/policies-route.ts'
import { formatRoute, parseRoute, type Route } from '../../../src/renderer/state/route.ts'
import { languages, wordsOf } from '../../support/locale-files.ts'

describe('addresses of findings, exceptions and rules', () => {
  it.each<Route>([
    findings,
    { ...findings, finding: 17 },
    { ...findings, text: '', finding: 3 },
    { ...findings, text: 'severity:high due<7d', sort: { column: 'dueAt', descending: true } },
    exceptions,
    { ...exceptions, show: 'lapsed', exception: 4 },
    policies,
    { ...policies, rule: 'no-tls' },
    { ...policies, rule: 'own-rule', isEditing: true },
    { ...policies, rule: 'new', isEditing: true, from: 'no-tls' },
  ])('%o is found again', route => {
    expect(parseRoute(formatRoute(route))).toEqual(route)
  })

  it('begin with what is to be done, and take what makes no sense for nothing', () => {
    expect(parseRoute('#/findings')).toEqual({ ...findings, text: toDo })
    expect(parseRoute('#/findings/x?sort=nonsense')).toEqual(findings)
    expect(parseRoute('#/policies/Not A Key')).toEqual(policies)
  })
})

it.each(languages)('every fact a rule can name is documented, in %s', language => {
  const words = wordsOf(language, 'policies')
  const named = [...factPaths, ...parts.flatMap(memberPaths)].map(path => `fact.${path}`)
  expect(named.filter(key => !words.has(key))).toEqual([])
  const documented = [...words.keys()].filter(key => key.startsWith('fact.'))
  expect(documented.filter(key => !named.includes(key))).toEqual([])
})
