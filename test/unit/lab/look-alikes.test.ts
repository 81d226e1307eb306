import { describe, expect, it } from 'vitest'
import { crowHoneypot } from '#lab/honeypots/crow.ts'
import { ginHoneypot } from '#lab/honeypots/gin.ts'
import { pythonHoneypot } from '#lab/honeypots/python.ts'
import { dockerModelRunner } from '#lab/others/docker-model-runner.ts'
import { koboldCpp } from '#lab/others/koboldcpp.ts'
import { lemonade } from '#lab/others/lemonade.ts'
import { llamaCpp } from '#lab/others/llama-cpp.ts'
import { lmStudio } from '#lab/others/lm-studio.ts'
import { localAi } from '#lab/others/localai.ts'
import { openWebUi, sglang, vllm } from '#lab/others/python-servers.ts'
import { answerTo } from './in-process.ts'

/** The tells of each product and each honeypot, one by one (facts, section 12). */
interface List {
  readonly models: readonly (Record<string, unknown> & { details: Record<string, unknown> })[]
}
const listOf = (body: string) => (JSON.parse(body) as List).models

describe('LM Studio', () => {
  it('answers 200 to what it does not have', () => {
    for (const path of ['/', '/api/tags', '/api/version', '/nowhere']) {
      const answer = answerTo(lmStudio(), 'GET', path)
      expect([answer.status, answer.body]).toEqual([
        200,
        `{"error":"Unexpected endpoint or method. (GET ${path})"}`,
      ])
    }
    expect(answerTo(lmStudio(), 'GET', '/').headers.get('x-powered-by')).toBe('Express')
  })
})

describe('llama.cpp', () => {
  it('of 2025 lists texts where Ollama has a number, an instant and a digest', () => {
    const answer = answerTo(llamaCpp('2025'), 'GET', '/api/tags')
    expect(listOf(answer.body)[0]).toMatchObject({ modified_at: '', size: '', digest: '', type: 'model' })
    expect(JSON.parse(answer.body)).toMatchObject({ object: 'list', data: [{ owned_by: 'llamacpp' }] })
    expect(answer.headers.get('server')).toBe('llama.cpp')
    expect(answer.headers.has('date')).toBe(false)
    expect(answerTo(llamaCpp('2025'), 'GET', '/api/version').status).toBe(404)
  })

  it('of today has no Ollama route, and lets every origin in', () => {
    expect(answerTo(llamaCpp('current'), 'GET', '/api/tags').status).toBe(404)
    expect(answerTo(llamaCpp('current'), 'GET', '/health').body).toBe('{"status":"ok"}')
    const evil = answerTo(llamaCpp('current'), 'GET', '/props', '', 'Origin: https://scan.invalid')
    expect(evil.headers.get('access-control-allow-origin')).toBe('https://scan.invalid')
  })
})

describe('LocalAI', () => {
  it('has a fixed version, digests of names and a list that was always just changed', () => {
    expect(answerTo(localAi(), 'GET', '/api/version').body).toBe('{"version":"0.9.0"}\n')
    const [entry] = listOf(answerTo(localAi(), 'GET', '/api/tags').body)
    expect(entry).toMatchObject({ size: 0, details: { family: 'llama-cpp' } })
    expect(entry?.['digest']).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(entry?.details).not.toHaveProperty('parent_model')
    expect(Date.now() - Date.parse(String(entry?.['modified_at']).replace(/\d{3}Z$/, 'Z'))).toBeLessThan(5000)
    expect(answerTo(localAi(), 'GET', '/api/ps').body).toBe('{"models":null}\n')
  })

  it('has JSON for a 404, also for the routes that would write', () => {
    const missing = '{"error":{"code":404,"message":"Resource not found","type":""}}\n'
    expect(answerTo(localAi(), 'GET', '/nowhere').body).toBe(missing)
    expect(answerTo(localAi(), 'POST', '/api/pull').body).toBe(missing)
  })
})

describe('KoboldCpp', () => {
  it('lists itself, the same in memory as on disk, until the year 2055', () => {
    const tags = answerTo(koboldCpp(), 'GET', '/api/tags')
    expect(tags.head).toMatch(/^HTTP\/1\.0 200 OK\r\nServer: ConcedoLlamaForKoboldServer /)
    expect(listOf(tags.body)[0]).toMatchObject({
      name: 'koboldcpp',
      size: 394998579,
      details: { family: 'koboldcpp' },
    })
    expect(tags.body).toContain('"expires_at": "2055-')
    expect(answerTo(koboldCpp(), 'GET', '/api/ps').body).toBe(tags.body)
  })

  it('answers whatever ends in the right path', () => {
    expect(answerTo(koboldCpp(), 'GET', '/any/thing/api/tags').status).toBe(200)
    expect(answerTo(koboldCpp(), 'GET', '/api/version').body).toBe('{"version": "0.7.0"}')
    expect(answerTo(koboldCpp(), 'GET', '/api/extra/version').body).toContain('"result": "KoboldCpp"')
  })
})

describe('Lemonade', () => {
  it('has one version and one digest for everything, and refuses to write', () => {
    expect(answerTo(lemonade(), 'GET', '/api/version').body).toBe('{"version":"0.16.1"}')
    const tags = answerTo(lemonade(), 'GET', '/api/tags')
    expect(listOf(tags.body)[0]).toMatchObject({
      digest: `sha256:${'0'.repeat(64)}`,
      modified_at: '2024-01-01T00:00:00Z',
    })
    expect(tags.body.startsWith('{"models":[{"details":{"families"')).toBe(true)
    const written = answerTo(lemonade(), 'POST', '/api/create', '{}')
    expect([written.status, written.body]).toEqual([501, '{"error":"not supported by Lemonade"}'])
    expect(answerTo(lemonade(), 'GET', '/live').status).toBe(200)
  })
})

describe('Docker Model Runner', () => {
  it('says what it is, and answers errors in plain text', () => {
    expect(answerTo(dockerModelRunner(), 'GET', '/').body).toBe('Docker Model Runner is running')
    expect(answerTo(dockerModelRunner(), 'GET', '/api/version').body).toBe('{"version":"0.1.0"}\n')
    const [entry] = listOf(answerTo(dockerModelRunner(), 'GET', '/api/tags').body)
    expect(entry).toMatchObject({ size: 0, digest: expect.stringMatching(/^sha256:/) as string })
    const missing = answerTo(dockerModelRunner(), 'GET', '/nowhere')
    expect(missing.body).toBe('404 page not found\n')
    expect(missing.headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('SGLang, vLLM, Open WebUI', () => {
  it('stand on uvicorn, in lower case', () => {
    for (const program of [sglang(), vllm(), openWebUi()]) {
      expect(answerTo(program, 'GET', '/v1/models').names.slice(0, 3)).toEqual([
        'date',
        'server',
        'content-length',
      ])
    }
  })

  it('SGLang spells its name in digest and format', () => {
    const [entry] = listOf(answerTo(sglang(), 'GET', '/api/tags').body)
    expect(entry).toMatchObject({ size: 0, details: { format: 'sglang', parameter_size: 'unknown' } })
    expect(entry?.['digest']).toMatch(/^sha256:sglang0+$/)
    expect(answerTo(sglang(), 'GET', '/').body).toBe('"Ollama is running"')
  })

  it('vLLM has no Ollama route', () => {
    expect(answerTo(vllm(), 'GET', '/api/tags').body).toBe('{"detail":"Not Found"}')
    expect(answerTo(vllm(), 'GET', '/v1/models').body).toContain('"owned_by":"vllm"')
  })

  it('Open WebUI has a version of two keys and keeps its Ollama behind a login', () => {
    expect(answerTo(openWebUi(), 'GET', '/api/version').body).toBe('{"version":"0.6.36","deployment_id":""}')
    const behind = answerTo(openWebUi(), 'GET', '/ollama/api/tags')
    expect([behind.status, behind.body]).toEqual([401, '{"detail":"Not authenticated"}'])
    expect(answerTo(openWebUi(), 'GET', '/ollama/api/version').status).toBe(200)
    expect(answerTo(openWebUi(), 'GET', '/nowhere').body).toContain('<title>Open WebUI</title>')
  })
})

describe('honeypot on gin', () => {
  const bait = ginHoneypot()
  it('is right about root and unknown paths, to the byte', () => {
    const root = answerTo(bait, 'GET', '/')
    expect([root.body, root.names]).toEqual(['Ollama is running', ['Content-Type', 'Date', 'Content-Length']])
    const missing = answerTo(bait, 'GET', '/nowhere')
    expect([missing.body, missing.headers.get('content-type')]).toEqual(['404 page not found', 'text/plain'])
  })

  it('knows neither 405 nor CORS, though it claims 0.13.0', () => {
    expect(answerTo(bait, 'GET', '/api/pull').status).toBe(404)
    expect(answerTo(bait, 'HEAD', '/api/version').status).toBe(404)
    const evil = answerTo(bait, 'GET', '/api/version', '', 'Origin: https://scan.invalid')
    expect([evil.status, evil.headers.get('access-control-allow-origin')]).toEqual([200, undefined])
  })

  it('prints prettily, without charset, and forgets parent_model', () => {
    const version = answerTo(bait, 'GET', '/api/version')
    expect(version.headers.get('content-type')).toBe('application/json')
    expect(version.body).toBe('{\n    "version": "0.13.0"\n}\n')
    const [entry] = listOf(answerTo(bait, 'GET', '/api/tags').body)
    expect(entry?.details).not.toHaveProperty('parent_model')
  })

  it('runs everything at once and shows the keys of manifests', () => {
    const [tags, ps] = [answerTo(bait, 'GET', '/api/tags'), answerTo(bait, 'GET', '/api/ps')]
    expect(listOf(ps.body)).toHaveLength(listOf(tags.body).length)
    expect(listOf(ps.body)[0]).toMatchObject({ context_length: 65536, details: { model_format: 'gguf' } })
    expect(answerTo(bait, 'POST', '/api/show').body).toBe('{"error":"Invalid request"}')
    expect(answerTo(bait, 'POST', '/api/show', '{"name":"x"}').body).toBe('{"error":"Model not found"}')
    expect(answerTo(bait, 'POST', '/api/show', '{"name":"qwen3:8b"}').body).toContain(
      '"template":"{{ .Prompt }}"',
    )
  })
})

describe('honeypots on Python and Crow', () => {
  it('Python speaks HTTP/1.0, with spaces in its JSON and no length', () => {
    const tags = answerTo(pythonHoneypot(), 'GET', '/api/tags')
    expect(tags.head).toMatch(/^HTTP\/1\.0 200 OK\r\nServer: BaseHTTP\/0\.6 Python\/3/)
    expect(tags.headers.has('content-length')).toBe(false)
    expect(tags.body).toContain('{"models": [{"name": "llama2:latest", ')
    expect(tags.body).toContain('"digest": "sha256:')
    const missing = answerTo(pythonHoneypot(), 'GET', '/nowhere')
    expect(missing.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(answerTo(pythonHoneypot(), 'GET', '/v1/models').body).toContain('"created": 1704067200')
  })

  it('Crow names itself and is older than what it lists', () => {
    const version = answerTo(crowHoneypot(), 'GET', '/api/version')
    expect([version.body, version.headers.get('server')]).toEqual(['{"version":"0.1.43"}', 'Crow/1.2.1'])
    const [entry] = listOf(answerTo(crowHoneypot(), 'GET', '/api/tags').body)
    expect(entry?.['name']).toBe('phi4:latest')
    expect(entry).not.toHaveProperty('model')
  })
})
