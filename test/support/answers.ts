import fc from 'fast-check'
import type { Answer, Answered } from '#main/scanner/answer.ts'
import type { Answers } from '#main/scanner/product.ts'
import { askFailures, type ProbeKind, probeKinds } from '#shared/domain/probe.ts'

/** A whole answer with everything that does not matter filled in. */
export function answered(body: string | Uint8Array, answer: Partial<Answered> = {}): Answered {
  return {
    ok: true,
    status: 200,
    statusText: 'OK',
    httpVersion: '1.1',
    headers: [['Content-Type', 'application/json; charset=utf-8']],
    body: typeof body === 'string' ? Buffer.from(body) : Buffer.from(body),
    truncated: false,
    durationMs: 1,
    ...answer,
  }
}

/** The same answer to every question there is. */
export function toEverything(answer: Answer): Answers {
  return new Map(probeKinds.map(kind => [kind, answer]))
}

/** Keys that readers look at, so that arbitrary JSON meets them. */
export const readKeys = [
  ...['models', 'name', 'model', 'digest', 'modified_at', 'size', 'details', 'families', 'family', 'format'],
  ...[
    'parameter_size',
    'quantization_level',
    'context_length',
    'capabilities',
    'remote_host',
    'remote_model',
  ],
  ...['version', 'object', 'data', 'id', 'created', 'error', 'cloud', 'disabled', 'expires_at', 'size_vram'],
  ...[
    'template',
    'modelfile',
    'model_info',
    'projector_info',
    'general.architecture',
    'parent_model',
    '__proto__',
  ],
  ...[
    'constructor',
    'toString',
    'length',
    'type',
    'state',
    'owned_by',
    'status',
    'auth',
    'features',
    'result',
  ],
]

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 700 }),
  fc.constantFrom('', 'unknown', 'list', 'model', 'sha256:', 'a'.repeat(64), `sha256:${'B'.repeat(64)}`),
  fc.constantFrom(
    '0.12.6',
    '0.0.0',
    '999999999999.1.1',
    '2026-08-02T09:14:33.481920117+02:00',
    '{{ .Tools }}',
  ),
  fc.constantFrom(
    '9999-12-31T23:59:59-23:59',
    '0000-01-01T00:00:00+23:59',
    '2026-13-01T00:00:00Z',
    '\ud800',
    '\0',
  ),
)

const scalars = fc.oneof(
  texts,
  fc.double(),
  fc.maxSafeInteger(),
  fc.boolean(),
  fc.constantFrom(null, -0, 1e308, -1, 2 ** 53),
)

/** What is no text though it says it has one: a program that makes a text of it throws. */
const untellable = fc.constantFrom({ toString: null }, { toString: 1, valueOf: null }, [[{ toString: null }]])

/** Any JSON, over the keys that readers know. */
export const hostileJson = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    { weight: 5, arbitrary: scalars },
    { weight: 1, arbitrary: untellable },
    { weight: 5, arbitrary: fc.array(tie('value'), { maxLength: 8 }) },
    {
      weight: 5,
      arbitrary: fc.dictionary(
        fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...readKeys) }, { weight: 1, arbitrary: texts }),
        tie('value'),
        {
          maxKeys: 10,
          noNullPrototype: false,
        },
      ),
    },
  ),
})).value as fc.Arbitrary<unknown>

const openings = [
  'Ollama is running',
  '{"models":[',
  '{"version":"',
  '404 page not found',
  '<!doctype html>',
  '{"error":',
]

const bodies = fc.oneof(
  hostileJson.map(value => Buffer.from(JSON.stringify(value) ?? '')),
  hostileJson.map(value => Buffer.from(JSON.stringify({ models: value }))),
  // Every field of an entry there at once, so that each reader meets one that is nothing it can read.
  fc
    .tuple(fc.constantFrom(...readKeys), untellable, fc.boolean())
    .map(([key, value, isAll]) =>
      Object.fromEntries((isAll ? readKeys : [key]).map(each => [each, value] as const)),
    )
    .map(entry => Buffer.from(JSON.stringify({ models: [entry], data: [entry], object: 'list' }))),
  fc.array(hostileJson, { maxLength: 5 }).map(models => Buffer.from(JSON.stringify({ models }))),
  fc.array(hostileJson, { maxLength: 5 }).map(data => Buffer.from(JSON.stringify({ object: 'list', data }))),
  texts.map(version => Buffer.from(JSON.stringify({ version }))),
  fc
    .tuple(fc.constantFrom(...openings), fc.uint8Array({ maxLength: 300 }))
    .map(([start, rest]) => Buffer.concat([Buffer.from(start), rest])),
  fc.constantFrom('Ollama is running', '404 page not found', '').map(text => Buffer.from(text)),
)

const headerNames = [
  'Content-Type',
  'Server',
  'Location',
  'X-Powered-By',
  'WWW-Authenticate',
  'Access-Control-Allow-Origin',
  'Content-Length',
  'X-Odd',
]
const headerValues = fc.oneof(
  fc.constantFrom(
    'application/json',
    'uvicorn',
    '*',
    'https://scan.invalid',
    '/login?next=/',
    'Basic realm="x"',
    'llama.cpp',
    '0',
  ),
  fc.string({ maxLength: 200 }),
)
const statuses = fc.oneof(
  fc.constantFrom(200, 301, 302, 401, 403, 404, 405, 500),
  fc.integer({ min: 200, max: 599 }),
)

export const hostileAnswer: fc.Arbitrary<Answered> = fc
  .record({
    status: statuses,
    headers: fc.array(fc.tuple(fc.constantFrom(...headerNames), headerValues), { maxLength: 6 }),
    body: bodies,
    truncated: fc.boolean(),
    httpVersion: fc.constantFrom('1.0', '1.1'),
    statusText: fc.string({ maxLength: 40 }),
  })
  .map(({ body, ...rest }) => answered(body, rest))

const unanswered: fc.Arbitrary<Answer> = fc.record({
  ok: fc.constant(false as const),
  failure: fc.constantFrom(...askFailures),
  firstBytes: fc
    .option(fc.uint8Array({ maxLength: 200 }))
    .map(bytes => (bytes === null ? null : Buffer.from(bytes))),
  durationMs: fc.nat(),
})

/** Any answers to any of the questions. */
export const hostileAnswers: fc.Arbitrary<Answers> = fc
  .dictionary(
    fc.constantFrom(...probeKinds),
    fc.oneof({ weight: 5, arbitrary: hostileAnswer }, { weight: 1, arbitrary: unanswered }),
    { maxKeys: probeKinds.length, noNullPrototype: true },
  )
  .map(all => new Map(Object.entries(all)) as Map<ProbeKind, Answer>)
