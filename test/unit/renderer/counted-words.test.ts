import { expect, it } from 'vitest'
import { namespaces, withoutForm, wordsOf } from '../../support/locale-files.ts'

/** Texts in which a number stands, in both languages beside nothing that bends with it: they need no forms. */
const unbent = [
  'console:inventory.countOf',
  'console:scans.foundShort',
  'console:scans.newest',
  'failures:model-ambiguous.error', // two at least
  'failures:selection-changed.error',
  'findings:all.tooMany', // more than can be moved at once
  'findings:many.exceptMost', // more than can be requested at once
  'history:compare.actionOf',
  'history:diff.changed',
  'history:diff.gone',
  'history:diff.new',
  'history:diff.notCovered',
  'history:diff.returned',
  'history:timeline.more',
  'risk:change.times',
  'risk:trend.label', // a line has two points at least
  'triage:bulk.all',
  'triage:bulk.text.accept',
  'triage:bulk.text.acknowledge',
  'triage:bulk.text.assign',
  'triage:bulk.text.dispute',
  'triage:bulk.text.reject',
  'triage:bulk.text.release',
  'triage:forTooLong',
  'triage:pending',
  'triage:refused',
]

/** Figures that are many, or of which there always are some. */
const many = [
  ...unbent,
  'cli:demo.finding', // the simulated organisation is always the same
  'cli:demo.scanning',
  'console:ranges.left',
  'failures:audit-entry-unknown.error', // the number of one
  'failures:range-not-scannable.error', // no figure: a kind
  'failures:range-too-large.error',
  'risk:chart.more',
]

const whole = (key: string) => withoutForm(key) === key
const english = namespaces.flatMap(namespace =>
  [...wordsOf('en', namespace)].map(([key, text]) => ({ key: `${namespace}:${key}`, text: String(text) })),
)

it('a text with a count has a form for one and a form for many', () => {
  const counted = english.filter(({ key, text }) => text.includes('{{count') && whole(key))
  expect(counted.map(({ key }) => key).sort()).toEqual(unbent)
})

it('no figure stands beside a plural that does not bend with it', () => {
  const nouns =
    'addresses|advisories|artifacts|copies|days|endpoints|entries|exceptions|findings|instances|lines|models|networks|owners|people|points|ranges|requests|rows|rules|scans|servers|sites|snapshots|spells|targets|texts|values|ways'
  // "1 of 1 scans" is what people say
  const beside = new RegExp(`(?<! of )\\{\\{\\w+(?:, number)?\\}\\} (?:[a-z]+ )?(?:${nouns})\\b`, 'i')
  const fixed = english.filter(({ key, text }) => whole(key) && !many.includes(key) && beside.test(text))
  expect(fixed.map(({ key, text }) => `${key}: ${text}`)).toEqual([])
})
