import { describe, expect, it } from 'vitest'
import { jsonOf, textOf } from '#main/scanner/answer.ts'
import { accessOf, corsOf, guardOf } from '#main/scanner/exposure.ts'
import { productRules } from '#main/scanner/products/index.ts'
import { contradictionsOf } from '#main/scanner/products/ollama-imitation.ts'
import { generationOf, readCapabilities, templateActions } from '#main/scanner/products/ollama-show.ts'
import {
  digestField,
  instantField,
  readImitatedTags,
  readOpenAiModels,
  readRunning,
  readTags,
  textField,
} from '#main/scanner/readers.ts'
import { probeKinds } from '#shared/domain/probe.ts'
import { answered, toEverything } from '../support/answers.ts'

// What costs a reader most, at 2 MB and at 8 MB: four times the bytes may take four times as long, not sixteen.
const megabyte = 1024 * 1024
const small = 2 * megabyte
const large = 8 * megabyte
/** What a measurement may be off by. */
const noiseMs = 150

type Input = (bytes: number) => string

const repeat =
  (piece: string, start = '', end = ''): Input =>
  bytes =>
    start + piece.repeat(Math.floor((bytes - start.length - end.length) / piece.length)) + end

const inputs: Readonly<Record<string, Input>> = {
  'white space': repeat(' '),
  'white space before a list': repeat(' ', '', '{"models":[]}'),
  'white space within a list': repeat(' ', '{', '"models":[]}'),
  'open brackets': repeat('['),
  'open braces of templates': repeat('{{'),
  'braces of templates': repeat('{{}}'),
  'nested lists': bytes => `${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}`,
  'nested objects': bytes => `${'{"models":'.repeat(bytes / 11)}1${'}'.repeat(bytes / 11)}`,
  'empty lists': repeat('[],', '{"models":[', '[]]}'),
  'empty objects': repeat('{},', '{"models":[', '{}]}'),
  'short names': repeat('{"name":"a"},', '{"models":[', '{}]}'),
  'the same model again and again': repeat(
    `{"name":"a","model":"a","digest":"${'a'.repeat(64)}","size":1,"modified_at":"2026-08-02T09:14:33Z","details":{"families":["x","y"]}},`,
    '{"models":[',
    '{}]}',
  ),
  'models of the other interface': repeat(
    '{"id":"a","object":"model","created":1},',
    '{"object":"list","data":[',
    '{}]}',
  ),
  'one long name': repeat('x', '{"models":[{"name":"', '"}]}'),
  'one long version': repeat('1', '{"version":"', '"}'),
  'one long version of dots': repeat('1.', '{"version":"', '"}'),
  'many keys': bytes => `{${Array.from({ length: bytes / 16 }, (_, key) => `"k${key}":1`).join(',')}}`,
  'many capabilities': repeat('"tools",', '{"capabilities":[', '"x"]}'),
  'a template without end': repeat('{{ .Tools ', '{"template":"', '"}'),
  'a template of ends': repeat('}}', '{"template":"', '"}'),
  'control characters': repeat('\\u0000', '{"models":[{"name":"', '"}]}'),
  'the banner again and again': repeat('Ollama is running'),
  markup: repeat('<a href="/login">'),
  'a 404 again and again': repeat('{"error":{"code":404'),
}

/** Readers of a whole answer. A fresh answer for each: what is read once is remembered. */
const whole: Readonly<Record<string, (text: string) => unknown>> = {
  'text and JSON': text => [textOf(answered(text)), jsonOf(answered(text))],
  tags: text => readTags(jsonOf(answered(text))),
  'imitated tags': text => readImitatedTags(jsonOf(answered(text))),
  'running models': text => readRunning(jsonOf(answered(text))),
  'models of the other interface': text => readOpenAiModels(jsonOf(answered(text))),
  capabilities: text => readCapabilities(jsonOf(answered(text)), '0.5.4'),
  'every product rule': text => {
    const answers = toEverything(answered(text))
    return productRules.map(rule => [
      rule.judge(answers),
      rule.readVersion(answers),
      rule.readModels(answers),
    ])
  },
  imitations: text => contradictionsOf(toEverything(answered(text))),
  access: text => {
    const location = [
      ['Location', text],
      ['Access-Control-Allow-Origin', text],
    ] as const
    const answers = toEverything(answered('', { status: 302, headers: location }))
    return [probeKinds.map(kind => guardOf(answers, kind)), accessOf(answers, 'tags'), corsOf(answers)]
  },
}

/** Readers of one field. */
const fields: Readonly<Record<string, (text: string) => unknown>> = {
  text: textField,
  digest: digestField,
  instant: instantField,
  template: templateActions,
  generation: generationOf,
}

/** Processor time of this thread: others on the machine do not count. */
function cpuMs(work: () => unknown): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

function expectLinear(read: (text: string) => unknown, input: Input): void {
  const [short, long] = [input(small), input(large)]
  const isLinear = () => {
    const shortMs = cpuMs(() => read(short))
    return cpuMs(() => read(long)) < 8 * shortMs + noiseMs
  }
  // Collecting garbage can fall into either measurement; what is not linear fails every time.
  expect(isLinear() || isLinear() || isLinear()).toBe(true)
}

describe.each(Object.entries(whole))('reading %s', (_, read) => {
  it.each(Object.entries(inputs))('takes time in proportion to %s', { timeout: 60_000 }, (_name, input) => {
    expectLinear(read, input)
  })
})

describe.each(Object.entries(fields))('reading a field of %s', (_, read) => {
  const texts: Readonly<Record<string, Input>> = {
    ...inputs,
    digits: repeat('0'),
    'hexadecimal digits': repeat('a', 'sha256:'),
    'a date without end': repeat('0', '2026-08-02T09:14:33.'),
    'halves of surrogate pairs': repeat('\ud800'),
    'unprintable ones': repeat('\u202e'),
  }
  it.each(Object.entries(texts))('takes time in proportion to %s', (_name, input) => {
    expectLinear(read, input)
  })
})
