import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accessOrder, Cors, Presence } from '#shared/domain/exposure.ts'
import type { InstanceDetail } from '#shared/domain/instance.ts'
import { products } from '#shared/domain/product.ts'
import { capabilityWord } from '../../../src/renderer/components/capability-word.ts'
import { signalWord } from '../../../src/renderer/components/signal-word.ts'
import { createWords } from '../../../src/renderer/i18n/i18n.ts'
import { reasonOf, sentencesAbout } from '../../../src/renderer/screens/inventory/sentences.ts'
import { endpoint, instance, model } from './instances.ts'

const missing: string[] = []
const { t } = createWords('en', key => missing.push(key))
const { t: german } = createWords('de', key => missing.push(key))
const tools = (name: string) => model({ name, capabilities: ['completion', 'tools'] })

/** What is said under an id; undefined: nothing. */
function said(about: InstanceDetail, id: string) {
  const found = sentencesAbout(about, t).find(sentence => sentence.id === id)
  return found === undefined ? undefined : `${found.tone}: ${found.text}`
}

describe('the sentences about an instance', () => {
  it('say what it is, how sure that is, from where it was seen and what it can do', () => {
    const models = [tools('a'), tools('b'), tools('c'), model({ name: 'd' }), model({ name: 'e' })]
    expect(sentencesAbout(instance({ models, toolCalling: true }), t).map(({ text }) => text)).toEqual([
      'This is Ollama, version 0.12.6 (confidence 100 of 100).',
      'Answers without a login from 10.1.4.7 (office).',
      '3 of its 5 models declare that they can call tools.',
      'Requests from foreign web sites are refused.',
    ])
  })

  it.each([
    ['version unknown', { version: null }, 'identity', 'neutral: This is Ollama; which version is unknown'],
    [
      'another product',
      { product: 'vllm', version: '0.9' },
      'identity',
      'neutral: This is vLLM, version 0.9',
    ],
    ['unrecognised', { product: 'unknown' }, 'identity', 'unknown: An AI server answers here'],
    [
      'guarded',
      { product: 'unknown', suspected: 'ollama' },
      'identity',
      'unknown: This is probably an Ollama',
    ],
    ['not there', { presence: 'not-listening' }, 'presence', 'neutral: When last looked at'],
    ['there', {}, 'presence', undefined],
    ['models unknown', { models: null }, 'models', 'unknown: Which models it holds is unknown.'],
    ['no models', { models: [] }, 'models', 'neutral: It holds no models.'],
    ['one tool', { models: [tools('a')] }, 'tools', 'attention: Its only model declares'],
    ['one of two', { models: [tools('a'), model()] }, 'tools', 'attention: 1 of its 2 models declares'],
    ['no tools', { models: [model()] }, 'tools', 'neutral: One model is known not to declare tool calling.'],
    ['no word', { models: [model({ capabilities: null })] }, 'tools', undefined],
    [
      'no word',
      { models: [model({ capabilities: null })] },
      'toolsUnknown',
      'unknown: What one model can do',
    ],
    ['any site', { cors: 'any' }, 'cors', 'attention: Any web site'],
    ['unknown sites', { cors: 'unknown' }, 'cors', undefined],
    ['cloud off', { cloudDisabled: true }, 'cloud', 'ok: Cloud models are switched off'],
    ['cloud not known', { cloudDisabled: null }, 'cloud', undefined],
    ['nothing runs', { runningModels: [] }, 'running', undefined],
    ['one endpoint', {}, 'endpoints', undefined],
  ] as const)('%s', (_, more, id, words) => {
    const found = said(instance(more as Partial<InstanceDetail>), id)
    if (words === undefined) expect(found).toBeUndefined()
    else expect(found?.startsWith(words), found).toBe(true)
  })

  it('name where prompts go, each place once', () => {
    const remote = (name: string, remoteHost: string) => model({ name, remoteHost })
    const models = [
      remote('a', 'ollama.com:443'),
      remote('b', 'ollama.com:443'),
      model(),
      remote('c', '10.0.0.9'),
    ]
    expect(said(instance({ models }), 'remote')).toBe(
      'attention: 3 models send prompts to ollama.com:443, 10.0.0.9.',
    )
  })

  it('tell the access of the most open endpoint, from where that one was seen', () => {
    const endpoints = [
      endpoint({ access: 'auth-required', seenFrom: '10.9.9.9', port: 443 }),
      endpoint({ address: 'fd00::7' }),
    ]
    const found = instance({ endpoints })
    expect(said(found, 'access')).toBe('attention: Answers without a login from 10.1.4.7 (office).')
    expect(said(found, 'endpoints')).toBe(
      'neutral: It is reached at 2 endpoints: 10.1.4.9:443, [fd00::7]:11434.',
    )
    const nowhere = instance({ endpoints: [endpoint({ seenFrom: '' })] })
    expect(said(nowhere, 'access')).toBe('attention: Answers without a login from this machine.')
  })

  it('take nothing that an imitation says as a fact', () => {
    const imitation = instance({
      product: 'unknown',
      suspected: 'honeypot',
      version: '0.5.1',
      models: [tools('a')],
    })
    expect(sentencesAbout(imitation, t).map(({ id }) => id)).toEqual(['identity', 'imitation'])
    expect(said(imitation, 'identity')).toContain('claims to be Ollama 0.5.1')
    expect(said({ ...imitation, version: null }, 'identity')).toMatch(/claims to be Ollama +and contradicts/)
  })
})

const anyInstance = fc
  .record({
    product: fc.constantFrom(...products),
    suspected: fc.constantFrom('ollama', 'honeypot', null),
    version: fc.constantFrom('0.12.6', null),
    access: fc.constantFrom(...accessOrder),
    cors: fc.constantFrom(...Cors.options),
    presence: fc.constantFrom(...Presence.options),
    toolCalling: fc.constantFrom(true, false, null),
    cloudDisabled: fc.constantFrom(true, false, null),
    models: fc.option(
      fc.array(
        fc
          .record({
            capabilities: fc.constantFrom<string[] | null>(null, [], ['tools'], ['completion', 'vision']),
            remoteHost: fc.constantFrom(null, 'ollama.com:443'),
          })
          .map(model),
        { maxLength: 4 },
      ),
    ),
  })
  .map(instance)

describe('whatever was found', () => {
  it('every word is there in both languages, filled in, and none says more than is known', () => {
    fc.assert(
      fc.property(anyInstance, about => {
        for (const words of [t, german]) {
          const sentences = sentencesAbout(about, words)
          expect(new Set(sentences.map(({ id }) => id)).size).toBe(sentences.length)
          for (const { text } of sentences) {
            expect(text).toMatch(/^\S.*[.:]$/)
            expect(text).not.toMatch(/\{\{|undefined|null|sentence\.|vulnerab|verwundbar|executes|\b1 models/)
          }
          expect(words(`severityReason.${reasonOf(about)}`)).not.toContain('severityReason')
        }
        if (about.models === null || about.models.every(({ capabilities }) => capabilities === null))
          expect(said(about, 'tools')).toBeUndefined()
      }),
      { numRuns: 500 },
    )
    expect(missing).toEqual([])
  })
})

it('says what the severity rests on', () => {
  const reason = (more: Partial<InstanceDetail>) => reasonOf(instance(more))
  expect(reason({ toolCalling: true })).toBe('openWithTools')
  expect(reason({ toolCalling: null })).toBe('open')
  expect(reason({ product: 'unknown' })).toBe('openUnknown')
  expect(reason({ access: 'unknown' })).toBe('accessUnknown')
  expect(reason({ access: 'auth-required', toolCalling: true })).toBe('guarded')
  expect(reason({ access: 'forbidden' })).toBe('guarded')
  expect(reason({ suspected: 'honeypot', toolCalling: true })).toBe('imitation')
  // A low level cannot rest on what it exposed while it was there.
  expect(reason({ presence: 'gone', severity: 'none', toolCalling: true })).toBe('absent')
  expect(reason({ presence: 'not-listening', severity: 'low' })).toBe('absent')
  expect(reason({ presence: 'gone', severity: 'high', toolCalling: true })).toBe('openWithTools')
  expect(reason({ presence: 'not-covered', severity: 'low' })).toBe('open')
})

it('does not say in the present tense what an instance showed that does not answer now', () => {
  const order = sentencesAbout(instance({ presence: 'gone' }), t).map(({ id }) => id)
  expect(order.slice(0, 4)).toEqual(['identity', 'presence', 'then', 'access'])
  expect(said(instance({ presence: 'present' }), 'then')).toBeUndefined()
})

it('leaves untranslated what nobody has translated yet, instead of failing', () => {
  expect(capabilityWord('vision', german)).toBe('Bilder verstehen')
  expect(capabilityWord('telepathy', german)).toBe('telepathy')
  expect(signalWord('banner', t)).toContain('Ollama is running')
  for (const name of ['toString', '__proto__', 'brand-new']) expect(signalWord(name, t)).toBe(name)
})
