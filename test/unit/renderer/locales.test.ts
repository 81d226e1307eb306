import { describe, expect, it } from 'vitest'
import { rangeHeadings } from '#main/exchange/range-csv.ts'
import { tagHeadings } from '#main/exchange/tag-csv.ts'
import { exportTables } from '#shared/domain/export.ts'
import { accessOrder, Cors, Presence, severities } from '#shared/domain/exposure.ts'
import { exposureNames, exposureValues } from '#shared/domain/exposure-fact.ts'
import { importFormats, importKinds, importReasons, importStates } from '#shared/domain/import.ts'
import { linkReasons } from '#shared/domain/instance.ts'
import { ownerFields } from '#shared/domain/owner.ts'
import { askFailures, sentKinds, targetOutcomes } from '#shared/domain/probe.ts'
import { products } from '#shared/domain/product.ts'
import { zones } from '#shared/domain/range.ts'
import { ScanProgress, scanStatuses } from '#shared/domain/scan.ts'
import { failureCodes } from '#shared/result.ts'
import { languages, namespaces, withoutForm, wordsOf } from '../../support/locale-files.ts'
import { sourceFiles } from '../../support/source-files.ts'
import { type WrittenText, writtenTexts } from '../../support/words-in-code.ts'

const placeholders = (text: unknown) => (String(text).match(/\{\{[^}]*\}\}/g) ?? []).sort()

describe.each(namespaces)('the words of %s', namespace => {
  const english = wordsOf('en', namespace)

  it.each(languages)('have a value each, in %s', language => {
    const bad = [...wordsOf(language, namespace)].filter(
      ([, text]) => typeof text !== 'string' || text.trim() === '',
    )
    expect(bad).toEqual([])
  })

  it.each(languages)('are the same in %s as in English, in the same order', language => {
    expect([...wordsOf(language, namespace).keys()]).toEqual([...english.keys()])
  })

  it.each(languages)('are filled in with the same values in %s', language => {
    const words = wordsOf(language, namespace)
    // "One model" need not say 1
    const namesCount = (key: string) => !key.endsWith('_one')
    const other = [...english].filter(([key, text]) => {
      const keep = (each: string) => namesCount(key) || !each.startsWith('{{count')
      return placeholders(text).filter(keep).join() !== placeholders(words.get(key)).filter(keep).join()
    })
    expect(other.map(([key]) => key)).toEqual([])
  })

  it.each(languages)('have every form of a number that %s has', language => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    const keys = [...wordsOf(language, namespace).keys()]
    const counted = new Set(keys.filter(key => withoutForm(key) !== key).map(withoutForm))
    const lacking = [...counted].flatMap(key =>
      forms.map(form => `${key}_${form}`).filter(each => !keys.includes(each)),
    )
    expect(lacking).toEqual([])
  })
})

// cli.json holds text that is laid out in columns
describe.each(namespaces.filter(name => name !== 'cli'))('the words of %s', namespace => {
  it.each(languages)('are written with care, in %s', language => {
    const careless = [...wordsOf(language, namespace)].filter(([, text]) =>
      /^\s|\s$| {2}|\.\.\.|\{[^{]*\}(?!\})|\bvulnerable\b|TODO/.test(
        String(text).replace(/\{\{[^}]*\}\}/g, 'x'),
      ),
    )
    expect(careless).toEqual([])
  })
})

it('say something else in German than in English, but for names and numbers', () => {
  const same = namespaces.flatMap(namespace => {
    const german = wordsOf('de', namespace)
    return [...wordsOf('en', namespace)].filter(
      ([key, text]) => german.get(key) === text && /[a-z]{3,} [a-z]{3,} [a-z]{3,}/.test(String(text)),
    )
  })
  expect(same).toEqual([])
})

describe('every failure', () => {
  it.each(languages)('has words in %s: what is wrong and what to do, and nothing else has', language => {
    const keys = [...wordsOf(language, 'failures').keys()].map(withoutForm)
    expect(
      failureCodes.flatMap(code => [`${code}.error`, `${code}.next`]).filter(key => !keys.includes(key)),
    ).toEqual([])
    const codes = new Set(keys.map(key => key.split('.')[0] ?? ''))
    expect([...codes].filter(code => !(failureCodes as readonly string[]).includes(code))).toEqual([])
    expect(keys.filter(key => !/\.(error|next)$/.test(key))).toEqual([])
  })

  it.each(languages)(
    'speaks of the command line in %s only where the console says it otherwise',
    language => {
      const own = wordsOf(language, 'console')
      const isCommand = (text: unknown) => /paddock [a-z]|(^|[\s(])--[a-z]/.test(String(text))
      const unsaid = [...wordsOf(language, 'failures')].filter(
        ([key, text]) => isCommand(text) && !own.has(`failureNext.${key.replace('.next', '')}`),
      )
      expect(unsaid).toEqual([])
      expect([...own].filter(([, text]) => isCommand(text))).toEqual([])
    },
  )
})

describe('every word of a closed list', () => {
  const lists: [string, readonly string[]][] = [
    ['access', accessOrder],
    ['cors', Cors.options],
    ['presence', Presence.options],
    ['severity', severities],
    ['product', products],
    ['zone', zones],
    ['scanStatus', scanStatuses],
    ['phase', ScanProgress.shape.phase.options],
    ['outcome', [...targetOutcomes, 'excluded']],
    ['failure', askFailures],
    ['probe', sentKinds],
    ['exposure', exposureNames],
    ['exposureMethod', exposureNames],
    ['exposureValue', [...new Set(Object.values(exposureValues).flat())]],
    ['linkReason', linkReasons],
  ]
  it.each(lists)('%s is a term', (group, list) => {
    const terms = [...wordsOf('en', 'terms').keys()]
      .filter(key => key.startsWith(`${group}.`))
      .map(key => key.slice(group.length + 1))
    expect(terms.sort()).toEqual([...list].sort())
  })

  it('every signal of the scanner has its sentence', () => {
    const terms = wordsOf('en', 'terms')
    const written = sourceFiles('src/main/scanner', /\.ts$/)
      .flatMap(writtenTexts)
      .filter(({ pieces, callee, argument }) => callee === 'signal' && argument === 1 && pieces.length === 1)
      .map(({ pieces }) => pieces[0] ?? '')
    expect(written.length).toBeGreaterThan(25)
    expect(written.filter(name => !terms.has(`signal.${name}`))).toEqual([])
  })
})

describe('the console', () => {
  const texts = sourceFiles('src/renderer', /\.tsx?$/).flatMap(writtenTexts)
  const keys = namespaces.flatMap(namespace =>
    [...wordsOf('en', namespace).keys()].map(key => (namespace === 'console' ? key : `${namespace}:${key}`)),
  )
  const known = new Set(keys.flatMap(key => [key, withoutForm(key)]))

  /** What a text can stand for, with anything in its holes. */
  function pattern({ pieces }: WrittenText): RegExp {
    return new RegExp(`^${pieces.map(piece => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`)
  }

  it('asks for no word that does not exist', () => {
    const asked = texts.filter(({ callee, argument }) => callee === 't' && argument === 0)
    expect(asked.length).toBeGreaterThan(150)
    const groups = [...known].flatMap(key =>
      key.split('.').map((_, at, parts) => parts.slice(0, at + 1).join('.')),
    )
    const unknown = asked.filter(text => ![...known, ...groups].some(key => pattern(text).test(key)))
    expect(unknown.map(({ path, pieces }) => `${path}: ${pieces.join('…')}`)).toEqual([])
  })

  it('has no word that nothing asks for', () => {
    const literal = new Set(texts.filter(({ pieces }) => pieces.length === 1).map(({ pieces }) => pieces[0]))
    const templates = texts
      .filter(({ pieces }) => pieces.length > 1 && /^[a-z]+[.:]/i.test(pieces[0] ?? ''))
      .map(pattern)
    const unused = [...wordsOf('en', 'console').keys()]
      .map(withoutForm)
      .filter(key => !key.startsWith('failureNext.')) // asked for by the code of the failure
      .filter(key => !literal.has(key) && !templates.some(each => each.test(key)))
    expect(unused).toEqual([])
  })

  it('has no text of its own in the code: whatever is read comes from the words', () => {
    const jsx = sourceFiles('src/renderer', /\.tsx$/).flatMap(({ path, text }) =>
      [...text.matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)+)[.…]?\s*</g)].map(([, words]) => `${path}: ${words}`),
    )
    const attributes = sourceFiles('src/renderer', /\.tsx$/).flatMap(({ path, text }) =>
      [...text.matchAll(/\b(?:aria-label|label|title|placeholder|description)="([A-Z][a-z]+[^"]*)"/g)].map(
        ([, words]) => `${path}: ${words}`,
      ),
    )
    expect([...jsx, ...attributes]).toEqual([])
  })
})

describe('every word of the exchange', () => {
  const lists: [string, readonly string[]][] = [
    ['reason', importReasons],
    ['format', importFormats],
    ['state', importStates],
    ['table', exportTables],
    ['meaning', [...new Set(Object.values(importKinds))]],
  ]
  it.each(lists)('%s is there', (group, list) => {
    const terms = [...wordsOf('en', 'exchange').keys()]
      .filter(key => key.startsWith(`${group}.`))
      .map(key => key.slice(group.length + 1))
    expect(terms.sort()).toEqual([...list].sort())
  })

  it('names every field a column can be named for', () => {
    const fields = new Set([...Object.keys(rangeHeadings), ...Object.keys(tagHeadings), ...ownerFields])
    const terms = wordsOf('en', 'exchange')
    expect([...fields].filter(field => !terms.has(`field.${field}`))).toEqual([])
  })
})
