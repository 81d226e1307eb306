import { describe, expect, it } from 'vitest'
import { catalogModel } from '#lab/catalog/catalog.ts'
import { ollama } from '#lab/ollama/server.ts'
import { answerTo, keysOf } from './in-process.ts'

/** `POST /api/show`, release by release (facts, section 7). Its errors are in captured.test.ts. */
const names = [
  'qwen3:8b',
  'llava:7b',
  'hr-assistant:latest',
  'nomic-embed-text:latest',
  'gemma4:e4b',
  'qwen3:8b-mlx',
]
const holds = names.map((name, index) => ({
  model: catalogModel(name),
  modifiedAt: `2026-08-02T09:14:0${index}.481920117+02:00`,
}))

function show(version: string, name: string) {
  const body = JSON.stringify({ model: name, name })
  return answerTo(ollama({ version, holds }), 'POST', '/api/show', body)
}

function shown(version: string, name: string): Record<string, unknown> {
  return JSON.parse(show(version, name).body) as Record<string, unknown>
}

describe('keys of the answer', () => {
  const early = ['license', 'modelfile', 'parameters', 'template']
  it.each([
    ['0.1.3', early],
    ['0.1.32', [...early, 'details']],
    ['0.3.14', [...early, 'details', 'model_info', 'modified_at']],
    ['0.6.5', [...early, 'details', 'model_info', 'tensors', 'capabilities', 'modified_at']],
    ['0.32.15', [...early, 'details', 'model_info', 'tensors', 'capabilities', 'modified_at']],
  ])('on %s', (version, keys) => {
    expect(keysOf(show(version, 'qwen3:8b').body)).toEqual(keys)
  })

  it('system prompt, messages and the release it needs stand in their places', () => {
    expect(keysOf(show('0.24.0', 'hr-assistant').body)).toEqual([
      ...early,
      'system',
      'details',
      'messages',
      'model_info',
      'tensors',
      'capabilities',
      'modified_at',
    ])
    expect(keysOf(show('0.24.0', 'gemma4:e4b').body).at(-1)).toBe('requires')
    expect(shown('0.24.0', 'hr-assistant')['system']).toContain('Salary bands')
  })

  it('a projector is described since 0.1.45, an MLX model has neither tensors nor file keys', () => {
    expect(keysOf(show('0.9.6', 'llava:7b').body)).toContain('projector_info')
    expect(keysOf(show('0.24.0', 'qwen3:8b-mlx').body)).not.toContain('tensors')
  })
})

describe('capabilities', () => {
  it.each([
    ['0.6.5', 'qwen3:8b', ['completion', 'tools']],
    ['0.9.6', 'qwen3:8b', ['completion', 'tools', 'thinking']],
    ['0.6.5', 'llava:7b', ['completion']],
    ['0.6.8', 'llava:7b', ['completion', 'vision']],
    ['0.18.0', 'gemma4:e4b', ['completion', 'vision', 'tools', 'thinking']],
    ['0.20.0', 'gemma4:e4b', ['completion', 'vision', 'audio', 'tools', 'thinking']],
    ['0.24.0', 'nomic-embed-text', ['embedding']],
    // Of MLX models a parser says tools once more than the manifest, until 0.24.
    ['0.24.0', 'qwen3:8b-mlx', ['completion', 'tools', 'thinking', 'tools']],
    ['0.32.15', 'qwen3:8b-mlx', ['completion', 'tools', 'thinking']],
  ])('on %s of %s', (version, name, expected) => {
    expect(shown(version, name)['capabilities']).toEqual(expected)
  })

  it('are not declared before 0.6.4, but can be derived', () => {
    const old = shown('0.5.7', 'llava:7b')
    expect(old['capabilities']).toBeUndefined()
    expect(Object.keys(old['projector_info'] ?? {})).toContain('clip.vision.block_count')
    expect(shown('0.5.7', 'qwen3:8b')['template']).toMatch(/\{\{[^}]*\.Tools/)
    expect(shown('0.5.7', 'nomic-embed-text')['model_info']).toHaveProperty(['nomic-bert.pooling_type'])
  })
})

describe('size and detail', () => {
  it('hundreds of tensors make an answer of more than 50 kB', () => {
    const large = [{ model: catalogModel('llama3.3:70b'), modifiedAt: '2026-08-02T09:14:33Z' }]
    const answer = answerTo(
      ollama({ version: '0.32.15', holds: large }),
      'POST',
      '/api/show',
      '{"model":"llama3.3:70b"}',
    )
    expect(answer.body.length).toBeGreaterThan(50_000)
    expect((JSON.parse(answer.body) as { tensors: unknown[] }).tensors).toHaveLength(723)
    expect(answer.headers.get('transfer-encoding')).toBe('chunked')
  })

  it('the modelfile gives the folder away', () => {
    const server = ollama({ version: '0.9.6', holds, folder: '/home/petra/.ollama/models' })
    expect(answerTo(server, 'POST', '/api/show', '{"name":"qwen3:8b"}').body).toContain(
      '\\nFROM /home/petra/.ollama/models/blobs/sha256-',
    )
    expect(shown('0.1.3', 'qwen3:8b')['modelfile']).toMatch(
      /\nFROM \S+\/blobs\/sha256:[0-9a-f]{64}\nTEMPLATE """/,
    )
  })

  it('parameters are padded to thirty columns, strings quoted since 0.1.21', () => {
    const stop = 'stop                           "<|im_start|>"'
    expect(String(shown('0.32.15', 'qwen3:8b')['parameters']).split('\n')).toContain(stop)
    expect(String(shown('0.1.3', 'qwen3:8b')['parameters']).split('\n')).toContain(stop.replaceAll('"', ''))
    expect(show('0.32.15', 'qwen3:8b').body).toContain('\\"\\u003c|im_start|\\u003e\\"')
  })

  it('long arrays of the file are null, short ones only since 0.6.7', () => {
    const info = (version: string) => shown(version, 'qwen3:8b')['model_info'] as Record<string, unknown>
    expect(info('0.6.5')['tokenizer.ggml.tokens']).toBeNull()
    expect(info('0.6.5')['general.languages']).toEqual(['en', 'de', 'fr'])
    expect(info('0.9.6')['general.languages']).toBeNull()
    expect(Object.keys(info('0.9.6'))).toEqual(Object.keys(info('0.9.6')).sort())
  })
})

describe('names', () => {
  const of = (version: string, name: string) =>
    answerTo(ollama({ version, holds: held }), 'POST', '/api/show', JSON.stringify({ model: name }))
  const held = ['llama2:latest', 'translate:local', 'gpt-oss:120b-cloud', 'codestral:22b'].map(
    (name, index) => ({
      model: catalogModel(name),
      modifiedAt: `2026-08-02T09:14:0${index}Z`,
      damaged: name === 'codestral:22b',
    }),
  )

  it.each([
    ['0.3.14', 'llama2', 200],
    ['0.3.14', 'LLAMA2', 404],
    ['0.5.7', 'LLAMA2', 200],
    // The tag `local` is a choice of source since 0.18.
    ['0.12.6', 'translate:local', 200],
    ['0.24.0', 'translate:local', 404],
    ['0.32.15', 'codestral:22b', 404],
    ['0.12.6', 'gpt-oss:120b-cloud', 200],
  ])('on %s %s: %i', (version, name, status) => {
    expect(of(version, name).status).toBe(status)
  })

  it('a stub is refused where the cloud is switched off', () => {
    const stub = [{ model: catalogModel('team-assistant:latest'), modifiedAt: '2026-08-02T09:14:33Z' }]
    const answer = answerTo(
      ollama({ version: '0.24.0', cloudOff: 'env', holds: stub }),
      'POST',
      '/api/show',
      '{"model":"team-assistant"}',
    )
    expect([answer.status, answer.body]).toEqual([
      403,
      '{"error":"ollama cloud is disabled: remote model details are unavailable"}',
    ])
  })

  it('an effect is judged like the real one and never happens', () => {
    const server = ollama({ version: '0.32.15', holds: held })
    const of = (method: string, path: string, body: string) => {
      const { status, body: text } = answerTo(server, method, path, body)
      return `${status} ${text}`
    }
    expect(of('POST', '/api/pull', '')).toBe('400 {"error":"missing request body"}')
    expect(of('DELETE', '/api/delete', '{"model":"nope"}')).toBe('404 {"error":"model \'nope\' not found"}')
    expect(of('DELETE', '/api/delete', '{"model":"llama2"}')).toContain(
      '500 {"error":"simulated organisation',
    )
    expect(answerTo(server, 'GET', '/api/tags').body).toContain('llama2:latest')
    expect(of('POST', '/api/signout', '')).toMatch(/^401 /)
  })
})
