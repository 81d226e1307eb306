import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startLab } from '#lab/lab.ts'
import { fronts } from '#lab/organisation/fronts.ts'
import { organisation } from '#lab/organisation/organisation.ts'
import {
  type ExposureFact,
  type ExposureName,
  exposureNames,
  exposureValues,
} from '#shared/domain/exposure-fact.ts'
import type { InstanceDetail } from '#shared/domain/instance.ts'
import { must, startBackend, type TestBackend } from '../support/backend.ts'
import { runCommand } from '../support/command-line.ts'
import { registerLab } from '../support/lab-rows.ts'

/** The places this test looks at, of both profiles. */
const places = [32, 50, 52, 53, 54, 60, 61, 63, 100, 102, 103, 104, 105, 110, 113, 115]

interface Scanned {
  readonly backend: TestBackend
  readonly details: ReadonlyMap<number, InstanceDetail>
  readonly fact: (place: number, name: ExposureName) => ExposureFact
  readonly value: (place: number, name: ExposureName) => string
}

async function scanned(base: string): Promise<Scanned> {
  const hosts = [...organisation, ...fronts].filter(({ at }) => places.includes(at))
  const lab = await startLab({ base, hosts })
  onTestFinished(() => lab.stop())
  const backend = await startBackend()
  await registerLab(backend, lab, lab.ports)
  await backend.scan({ rate: 5000 })
  const details = new Map<number, InstanceDetail>()
  for (const place of places) {
    const instance = `${base.replace('0/24', String(place))}:11434`
    details.set(place, await must(backend.call('instance.show', { instance })))
  }
  const fact = (place: number, name: ExposureName): ExposureFact => {
    const found = details.get(place)?.endpoints[0]?.exposure.find(each => each.name === name)
    if (found === undefined) throw new Error(`${name} of ${place}`)
    return found
  }
  return { backend, details, fact, value: (place, name) => fact(place, name).value }
}

describe('what instances expose', () => {
  it('is told fact by fact, each with what it rests on', async () => {
    const { details, fact, value } = await scanned('127.90.7.0/24')
    // Every fact is there, once, with a value of its list.
    for (const { endpoints } of details.values()) {
      for (const { exposure } of endpoints) {
        expect(exposure.map(({ name }) => name)).toEqual(exposureNames)
        for (const { name, value } of exposure) expect(exposureValues[name]).toContain(value)
      }
    }

    expect(fact(105, 'access-api')).toEqual({
      name: 'access-api',
      value: 'open',
      details: [],
      evidence: ['GET /api/tags → 200'],
    })
    expect([value(103, 'namespaces'), value(104, 'namespaces'), value(105, 'namespaces')]).toEqual([
      'partly-guarded',
      'partly-guarded',
      'alike',
    ])
    expect(fact(103, 'access-v1')).toMatchObject({
      value: 'auth-required',
      details: ['password'],
      evidence: ['GET /v1/models → 401'],
    })
    expect(fact(113, 'access-api').details).toEqual(['login-page https://sso.example.internal'])
    expect(fact(102, 'host-names')).toMatchObject({ value: 'checked' })

    expect(fact(105, 'management')).toMatchObject({
      value: 'reachable',
      details: ['/api/pull', '/api/push', '/api/create', '/api/copy', '/api/delete'],
    })
    expect(fact(105, 'management').evidence).toContain('GET /api/delete → 405')
    expect([value(115, 'management'), value(100, 'management')]).toEqual(['blocked', 'unknown'])

    expect(fact(110, 'transport')).toMatchObject({
      value: 'tls',
      details: ['TLSv1.3', 'self-signed', 'name-mismatch'],
    })
    expect(value(105, 'transport')).toBe('clear-text')
    expect(fact(105, 'front').details).toEqual(['server: nginx/1.24.0 (Ubuntu)'])

    expect([fact(53, 'cloud'), fact(54, 'cloud')].map(({ value, details: from }) => [value, from])).toEqual([
      ['off', ['env']],
      ['off', ['config']],
    ])
    expect([value(105, 'cloud'), value(50, 'cloud')]).toEqual(['on', 'unknown'])
    expect(fact(52, 'remote-models').details).toEqual(['shared-llama:latest → http://10.20.0.15:11434'])
    expect(fact(50, 'remote-models').details).toEqual(['gpt-oss:120b-cloud → https://ollama.com:443'])
    expect(fact(32, 'foreign-models').details.some(name => name.startsWith('hf.co/'))).toBe(true)
    expect(value(105, 'foreign-models')).toBe('none')
    expect(fact(50, 'in-memory').details).toEqual([
      expect.stringMatching(/^gpt-oss:20b, 14\.3 GB, 14\.3 GB VRAM, 2318-11-05T/),
    ])
    expect([value(105, 'in-memory'), value(100, 'in-memory')]).toEqual(['none', 'unknown'])
  })

  it('tells of a system prompt its hash, length and template, and keeps no word of it', async () => {
    const { backend, details, fact, value } = await scanned('127.90.8.0/24')
    const prompts = fact(63, 'system-prompts')
    expect(prompts.value).toBe('some')
    expect(prompts.details.map(text => text.split(':')[0])).toEqual(
      expect.arrayContaining(['hr-assistant', 'helpdesk']),
    )
    expect([value(105, 'system-prompts'), value(100, 'system-prompts')]).toEqual(['none', 'unknown'])
    expect(
      details
        .get(63)
        ?.claims.some(({ system }) => system !== null && system.length > 100 && system.template === null),
    ).toBe(true)

    await backend.close()
    const files = readdirSync(backend.dataFolder, { recursive: true, withFileTypes: true })
    for (const file of files.filter(each => each.isFile())) {
      const kept = readFileSync(join(file.parentPath, file.name)).toString('latin1')
      for (const secret of ['Salary bands', 'domain controller', 'dc01.example.invalid'])
        expect(kept).not.toContain(secret)
    }
    const text = (await runCommand(backend.dataFolder, 'instance', '127.90.8.105:11434')).stdout
    expect(text).toMatch(/Model management +reachable; \/api\/pull; .*GET \/api\/pull → 405/)
  })
})
