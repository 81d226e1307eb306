import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonOf, textOf, unanswered } from '#main/scanner/answer.ts'
import { accessOf, corsOf, guardOf } from '#main/scanner/exposure.ts'
import { confidenceOf } from '#main/scanner/product.ts'
import { productRules } from '#main/scanner/products/index.ts'
import { contradictionsOf } from '#main/scanner/products/ollama-imitation.ts'
import { generationOf, readCapabilities, templateActions } from '#main/scanner/products/ollama-show.ts'
import {
  digestField,
  instantField,
  modelEntries,
  openAiEntries,
  readImitatedTags,
  readOpenAiModels,
  readRunning,
  readTags,
  textField,
} from '#main/scanner/readers.ts'
import type { ListedModel } from '#shared/domain/observation.ts'
import { askFailures, probeKinds } from '#shared/domain/probe.ts'
import type { Signal } from '#shared/domain/product.ts'
import { parseVersion } from '#shared/domain/version.ts'
import {
  answered,
  hostileAnswer,
  hostileAnswers,
  hostileJson,
  readKeys,
  toEverything,
} from '../support/answers.ts'

// Whatever a server says: nothing throws, and nothing exceeds its caps.
const runs = { numRuns: 400 }
const anything = fc.oneof(hostileJson, fc.anything(), fc.string({ unit: 'binary' }))
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

function expectText(text: string | null): void {
  if (text === null) return
  expect(text.length).toBeGreaterThan(0)
  expect(text.length).toBeLessThanOrEqual(512)
  expect(text.isWellFormed()).toBe(true)
  expect(text).not.toMatch(unprintable)
}

function expectCount(count: number | null): void {
  if (count !== null) expect(Number.isSafeInteger(count) && count >= 0).toBe(true)
}

function expectDigest(digest: string | null): void {
  if (digest !== null) expect(digest).toMatch(/^[0-9a-f]{64}$/)
}

function expectInstant(instant: string | null): void {
  if (instant !== null) expect(instant).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/)
}

function expectList(list: readonly string[] | null): void {
  expect((list ?? []).length).toBeLessThanOrEqual(100)
  for (const item of list ?? []) expectText(item)
}

function expectModels(models: readonly ListedModel[] | null): void {
  expect((models ?? []).length).toBeLessThanOrEqual(10_000)
  for (const model of models ?? []) {
    const { name, format, family, parameterSize, quantization, remoteModel, remoteHost } = model
    for (const text of [name, format, family, parameterSize, quantization, remoteModel, remoteHost])
      expectText(text)
    for (const list of [model.families, model.capabilities]) expectList(list)
    for (const count of [model.sizeBytes, model.contextLength]) expectCount(count)
    expectDigest(model.digest)
    expectInstant(model.modifiedAt)
  }
}

function expectSignals(signals: readonly Signal[]): void {
  const confidence = confidenceOf(signals)
  expect(confidence >= 0 && confidence <= 100).toBe(true)
  for (const { saw } of signals) expect(saw.length).toBeLessThanOrEqual(120)
}

describe('a field', () => {
  it('of text, of a digest, of an instant, of a version', () => {
    fc.assert(
      fc.property(anything, value => {
        expectText(textField(value))
        expectDigest(digestField(value))
        expectInstant(instantField(value))
        const text = typeof value === 'string' ? value : null
        for (const number of parseVersion(text)?.numbers ?? []) expectCount(number)
        expect(generationOf(text).length).toBeGreaterThan(0)
      }),
      { numRuns: 3000 },
    )
  })

  it('of an instant: any that a calendar can write, in any zone', () => {
    const offsets = fc.tuple(fc.constantFrom('+', '-'), fc.nat(99), fc.nat(99))
    const two = (number: number) => String(number).padStart(2, '0')
    const instants = fc
      .record({
        parts: fc.array(fc.nat(99), { minLength: 6, maxLength: 6 }),
        fraction: fc.nat(),
        offset: offsets,
      })
      .map(({ parts: [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0], fraction, offset: [sign, oh, om] }) => {
        const date = `${two(y)}${two(99 - y)}-${two(mo % 14)}-${two(d % 33)}`
        return `${date}T${two(h % 26)}:${two(mi % 62)}:${two(s % 62)}.${fraction % 1e9}${sign}${two(oh % 30)}:${two(om % 70)}`
      })
    fc.assert(
      fc.property(instants, text => expectInstant(instantField(text))),
      { numRuns: 3000 },
    )
  })
})

describe('a reader', () => {
  it('of lists of models', () => {
    fc.assert(
      fc.property(anything, body => {
        for (const read of [readTags, readImitatedTags, readOpenAiModels]) expectModels(read(body))
        for (const running of readRunning(body) ?? []) {
          expectText(running.name)
          expectDigest(running.digest)
          expectInstant(running.expiresAt)
          for (const count of [running.sizeBytes, running.vramBytes, running.contextLength])
            expectCount(count)
        }
        expect((modelEntries(body) ?? []).length).toBeLessThanOrEqual(10_000)
        expect((openAiEntries(body) ?? []).length).toBeLessThanOrEqual(10_000)
      }),
      { numRuns: 2000 },
    )
  })

  it('of details of a model', () => {
    fc.assert(
      fc.property(
        anything,
        fc.option(fc.constantFrom('0.1.0', '0.5.4', '0.6.4', '0.30.0', 'odd')),
        (body, version) => {
          expectList(readCapabilities(body, version)?.capabilities ?? null)
        },
      ),
      runs,
    )
  })

  it('of a template: no action is longer than 4 kB, and each stands in the text', () => {
    const pieces = fc.array(fc.constantFrom('{{', '}}', '{', '}', ' .Tools ', 'x'.repeat(4096), '{{{', '-'), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(pieces, parts => {
        const template = parts.join('')
        for (const action of templateActions(template)) {
          expect(action.length).toBeLessThanOrEqual(4096)
          expect(template).toContain(`{{${action}}}`)
        }
      }),
      runs,
    )
  })
})

describe('an answer', () => {
  it('as text and as JSON, whatever its bytes', () => {
    fc.assert(
      fc.property(hostileAnswer, answer => {
        expect(typeof textOf(answer)).toBe('string')
        if (answer.truncated) expect(jsonOf(answer)).toBeUndefined()
        expect(jsonOf(answer)).toBe(jsonOf(answer))
      }),
      runs,
    )
  })

  it('that failed is one of the closed list, whatever was thrown', () => {
    fc.assert(
      fc.property(fc.anything(), fc.nat(), (error, ms) => {
        const answer = unanswered(error, ms)
        expect(askFailures).toContain(answer.failure)
        expect((answer.firstBytes ?? Buffer.alloc(0)).length).toBeLessThanOrEqual(200)
      }),
      runs,
    )
  })
})

/** No text, though it says it has one: whoever makes a text of it throws. */
const untellable = { toString: null, valueOf: null }

describe('every rule about products, access and imitations', () => {
  it.each(readKeys)('reads nothing from "%s" that is an object which cannot be told', key => {
    const entry = { [key]: untellable }
    for (const body of [entry, { models: [entry] }, { data: [entry], object: 'list' }, { details: entry }]) {
      const answers = toEverything(answered(JSON.stringify(body)))
      for (const rule of productRules) {
        expectSignals(rule.judge(answers))
        expectText(rule.readVersion(answers))
        expectModels(rule.readModels(answers))
      }
      expectSignals(contradictionsOf(answers).signals)
    }
  })

  it('makes something of any answers to any questions', () => {
    fc.assert(
      fc.property(hostileAnswers, answers => {
        for (const rule of productRules) {
          expectSignals(rule.judge(answers))
          expectText(rule.readVersion(answers))
          expectModels(rule.readModels(answers))
        }
        expectSignals(contradictionsOf(answers).signals)
        for (const kind of probeKinds) guardOf(answers, kind)
        expect(['open', 'auth-required', 'forbidden', 'unknown']).toContain(accessOf(answers, 'tags'))
        expect(['open', 'auth-required', 'forbidden', 'unknown']).toContain(accessOf(answers, 'v1-models'))
        expect(['any', 'restricted', 'unknown']).toContain(corsOf(answers))
      }),
      { numRuns: 600 },
    )
  })
})
