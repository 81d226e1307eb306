import { describe, expect, it } from 'vitest'
import { catalogModel } from '#lab/catalog/catalog.ts'
import { ollama } from '#lab/ollama/server.ts'
import { answerTo, keysOf } from './in-process.ts'

/** Keys, order and values of the lists, release by release (facts, sections 5, 6 and 8). */
const holds = [
  { model: catalogModel('llama2:latest'), modifiedAt: '2023-10-21T09:12:44.120384756+02:00' },
  { model: catalogModel('qwen3:8b'), modifiedAt: '2026-08-02T09:14:33.481920117+02:00' },
  { model: catalogModel('gpt-oss:120b-cloud'), modifiedAt: '2026-08-01T10:00:00Z' },
]
const running = [
  { name: 'qwen3:8b', bytes: 6654289920, vramBytes: 6654289920, contextLength: 4096, keptFor: 'forever' },
] as const

function tags(version: string) {
  const { body } = answerTo(ollama({ version, holds }), 'GET', '/api/tags')
  return (JSON.parse(body) as { models: Record<string, unknown>[] }).models
}

const details = ['parent_model', 'format', 'family', 'families', 'parameter_size', 'quantization_level']

describe('keys of a tags entry', () => {
  it.each([
    ['0.1.3', ['name', 'modified_at', 'size', 'digest']],
    ['0.1.32', ['name', 'model', 'modified_at', 'size', 'digest', 'details']],
    ['0.1.39', ['name', 'model', 'modified_at', 'size', 'digest', 'details', 'expires_at']],
    ['0.3.14', ['name', 'model', 'modified_at', 'size', 'digest', 'details']],
    ['0.24.0', ['name', 'model', 'modified_at', 'size', 'digest', 'details']],
    ['0.32.15', ['name', 'model', 'modified_at', 'size', 'digest', 'details', 'capabilities']],
  ])('%s', (version, expected) => {
    const entry = tags(version).find(({ name }) => name === 'qwen3:8b')
    expect(Object.keys(entry ?? {})).toEqual(expected)
    if (version !== '0.1.3') {
      const lengths = version === '0.32.15' ? ['context_length', 'embedding_length'] : []
      expect(Object.keys(entry?.['details'] ?? {})).toEqual([...details, ...lengths])
    }
  })

  it('a stub names where its prompts go, since 0.12', () => {
    const stub = (version: string) => tags(version).find(({ name }) => name === 'gpt-oss:120b-cloud')
    expect(Object.keys(stub('0.9.6') ?? {})).not.toContain('remote_host')
    expect(Object.keys(stub('0.12.6') ?? {}).slice(0, 5)).toEqual([
      'name',
      'model',
      'remote_model',
      'remote_host',
      'modified_at',
    ])
    expect(stub('0.12.6')).toMatchObject({ remote_host: 'https://ollama.com:443', size: 384 })
    expect(stub('0.32.15')?.['capabilities']).toEqual(['completion', 'tools', 'thinking'])
  })

  it('a stub nobody described has no capabilities, even today', () => {
    const bare = [{ model: catalogModel('overflow:latest'), modifiedAt: '2026-08-01T10:00:00Z' }]
    const { body } = answerTo(ollama({ version: '0.32.15', holds: bare }), 'GET', '/api/tags')
    expect(body).toContain('"family":"","families":null,"parameter_size":"","quantization_level":""}}]}')
  })
})

describe('the list', () => {
  it('is newest first since 0.1.35, and in the order of files before', () => {
    expect(tags('0.32.15').map(({ name }) => name)).toEqual([
      'qwen3:8b',
      'gpt-oss:120b-cloud',
      'llama2:latest',
    ])
    expect(tags('0.1.32').map(({ name }) => name)).toEqual([
      'gpt-oss:120b-cloud',
      'llama2:latest',
      'qwen3:8b',
    ])
  })

  it.each([
    ['0.1.3', '{"models":null}'],
    ['0.1.32', '{"models":[]}'],
    ['0.1.37', '{"models":null}'],
    ['0.32.15', '{"models":[]}'],
  ])('without models on %s is %s', (version, expected) => {
    expect(answerTo(ollama({ version, holds: [] }), 'GET', '/api/tags').body).toBe(expected)
  })

  it('escapes what HTML would take for markup', () => {
    const named = [
      { model: { ...catalogModel('qwen3:8b'), family: 'a<b>&c' }, modifiedAt: '2026-08-01T10:00:00Z' },
    ]
    const { body } = answerTo(ollama({ version: '0.9.6', holds: named }), 'GET', '/api/tags')
    expect(body).toContain('"family":"a\\u003cb\\u003e\\u0026c"')
  })

  it('misses what stands only inside the file, or behind the tokenizer', () => {
    const odd = ['hf.co/unsloth/Qwen3-8B-GGUF:UD-Q4_K_XL', 'hf.co/Qwen/Qwen3-Embedding-0.6B-GGUF:Q8_0'].map(
      (name, index) => ({ model: catalogModel(name), modifiedAt: `2026-08-0${2 - index}T10:00:00Z` }),
    )
    const server = ollama({ version: '0.32.15', holds: odd })
    const listed = JSON.parse(answerTo(server, 'GET', '/api/tags').body) as {
      models: { capabilities: string[] }[]
    }
    expect(listed.models.map(({ capabilities }) => capabilities)).toEqual([['completion'], ['completion']])
    const shown = odd.map(({ model }) => {
      const { body } = answerTo(server, 'POST', '/api/show', JSON.stringify({ model: model.name }))
      return (JSON.parse(body) as { capabilities: string[] }).capabilities
    })
    expect(shown).toEqual([['tools', 'thinking', 'completion'], ['embedding']])
  })
})

describe('what is in memory', () => {
  it.each([
    ['0.1.32', 404, []],
    ['0.1.39', 200, ['name', 'model', 'modified_at', 'size', 'digest', 'details', 'expires_at', 'size_vram']],
    ['0.9.6', 200, ['name', 'model', 'size', 'digest', 'details', 'expires_at', 'size_vram']],
    [
      '0.12.6',
      200,
      ['name', 'model', 'size', 'digest', 'details', 'expires_at', 'size_vram', 'context_length'],
    ],
  ])('on %s: %i', (version, status, keys) => {
    const answer = answerTo(ollama({ version, holds, running }), 'GET', '/api/ps')
    expect(answer.status).toBe(status)
    if (status !== 200) return
    const [entry] = (JSON.parse(answer.body) as { models: Record<string, unknown>[] }).models
    expect(Object.keys(entry ?? {})).toEqual(keys)
    expect(entry?.['expires_at']).toBe('2318-11-05T14:21:07.118450933+02:00')
    expect(Object.keys(entry?.['details'] ?? {})).toEqual(details)
  })

  it('stays longest first, and moves where it is in use', () => {
    const busy = [{ ...running[0], name: 'llama2:latest', keptFor: 300 }, ...running]
    const { body } = answerTo(ollama({ version: '0.24.0', holds, running: busy }), 'GET', '/api/ps')
    const { models } = JSON.parse(body) as { models: { name: string; expires_at: string }[] }
    expect(models.map(({ name }) => name)).toEqual(['qwen3:8b', 'llama2:latest'])
    const ahead = Date.parse(models[1]?.expires_at ?? '') - Date.now()
    expect(ahead).toBeGreaterThan(290_000)
    expect(ahead).toBeLessThanOrEqual(300_001)
  })
})

describe('OpenAI’s list', () => {
  it('ends in a line break, without charset, null where it is empty', () => {
    const empty = answerTo(ollama({ version: '0.32.15', holds: [] }), 'GET', '/v1/models')
    expect(empty.body).toBe('{"object":"list","data":null}\n')
    expect(empty.headers.get('content-type')).toBe('application/json')
  })

  it('names the namespace as owner and counts from modified_at', () => {
    const own = [
      { model: catalogModel('freespeech/dolphin3:8b'), modifiedAt: '2026-08-02T09:14:33.481920117+02:00' },
    ]
    const { body } = answerTo(ollama({ version: '0.3.14', holds: own }), 'GET', '/v1/models')
    expect(JSON.parse(body)).toEqual({
      object: 'list',
      data: [{ id: 'freespeech/dolphin3:8b', object: 'model', created: 1785654873, owned_by: 'freespeech' }],
    })
    const { body: one } = answerTo(ollama({ version: '0.3.14', holds }), 'GET', '/v1/models/llama2')
    expect(keysOf(one)).toEqual(['id', 'object', 'created', 'owned_by'])
    expect(one.startsWith('{"id":"llama2",')).toBe(true)
  })
})
