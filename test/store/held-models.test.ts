import { describe, expect, it } from 'vitest'
import { approveModel, revokeModel } from '#main/services/approve-models.ts'
import { showConcentration } from '#main/services/concentration.ts'
import { listTagChanges, showModel } from '#main/services/held-models.ts'
import * as list from '#main/services/model-list.ts'
import { hour, ollamaAt, pulled, type Recorded, recorded, rowsOf } from '../support/recorded.ts'

const llama = (at: string, content?: string) =>
  pulled('llama3:8b', `2026-11-01T08:00:00.${at}Z`, content ? { content } : {})
const qwen = (at: string) =>
  pulled('qwen3:8b', `2026-11-01T09:00:00.${at}Z`, { family: 'qwen3', quantization: 'Q8_0' })
const remote = pulled('gpt-oss:120b-cloud', '2026-11-01T10:00:00.5Z', {
  ...{ family: null, quantization: null, remoteHost: 'https://ollama.com', remoteModel: 'gpt-oss:120b' },
})
const transaction = (world: Recorded) => ({ store: world.store, now: world.now, actor: 'Ada' }) as never

function listModels(reading: Recorded['reading'], query = '') {
  const found = list.listModels(reading, query)
  if (!found.ok) throw new Error(found.failure.code)
  return found.value
}

function organisation(): Recorded {
  const world = recorded()
  world.scan({
    seen: [
      ollamaAt('10.0.0.1', { models: [llama('111'), qwen('111')], version: '0.10.0' }),
      ollamaAt('10.0.0.2', { models: [{ ...llama('222'), name: 'hf.co/copy/llama:8b' }], version: '0.12.0' }),
      ollamaAt('10.0.0.3', { models: [llama('333'), remote], version: '0.13.0-rc1' }),
      ollamaAt('10.0.0.4', { models: [], version: null }),
      ollamaAt('10.0.0.5', { models: null, version: '0.9.0' }),
    ],
  })
  return world
}

describe('models across the organisation', () => {
  it('are told by content, whatever they are called where', () => {
    const world = organisation()
    const firstAt = new Date(world.now).toISOString()
    world.scan({ seen: [ollamaAt('10.0.0.1', { models: [llama('111'), qwen('111')], version: '0.10.0' })] })
    const models = listModels(world.reading)
    const told = models.map(
      ({ names, instances, present }) => `${names.join(' ')}: ${present} of ${instances}`,
    )
    expect(told[0]).toBe('hf.co/copy/llama:8b llama3:8b: 1 of 3')
    expect(told.slice(1).sort()).toEqual(['gpt-oss:120b-cloud: 0 of 1', 'qwen3:8b: 1 of 1'])
    expect(models[0]).toMatchObject({
      digest: llama('111').digest,
      sources: ['hf.co'],
      family: 'llama',
      quantization: 'Q4_K_M',
      firstSeenAt: firstAt,
      lastSeenAt: new Date(world.now).toISOString(),
      approved: null,
    })
    expect(models.find(({ remoteHost }) => remoteHost !== null)).toMatchObject({
      remoteModel: 'gpt-oss:120b',
    })
    const detail = showModel(world.reading, llama('111').digest?.slice(0, 8) ?? '', 100)
    expect(detail.ok && detail.value.holders.map(({ address, names }) => [address, names])).toEqual([
      ['10.0.0.1', ['llama3:8b']],
      ['10.0.0.2', ['hf.co/copy/llama:8b']],
      ['10.0.0.3', ['llama3:8b']],
    ])
    expect(showModel(world.reading, 'ffffffffff', 100)).toMatchObject({ failure: { code: 'model-unknown' } })
    expect(showModel(world.reading, 'llama3:8b', 100)).toMatchObject({ failure: { code: 'model-unknown' } })
  })

  it('agree with the inventory, row for row', () => {
    const world = organisation()
    const fromRows = Map.groupBy(
      rowsOf(world).flatMap(row => (row.models ?? []).map(model => ({ row, model }))),
      ({ model }) => model.digest,
    )
    expect(
      listModels(world.reading)
        .map(({ digest, instances }) => [digest, instances])
        .sort(),
    ).toEqual([...fromRows].map(([digest, of]) => [digest, new Set(of.map(({ row }) => row.id)).size]).sort())
  })

  it('follow what an instance gives up and takes on', () => {
    const world = organisation()
    world.scan({ seen: [ollamaAt('10.0.0.1', { models: [qwen('111')] })], blocks: ['10.0.0.0/31'] })
    expect(listModels(world.reading).map(({ instances }) => instances)).toEqual([2, 1, 1])
  })
})

describe('the register of approved models', () => {
  it('takes a digest or the beginning of one, says who and when, and gives it up again', () => {
    const world = organisation()
    const digest = llama('111').digest ?? ''
    expect(approveModel(transaction(world), { digest: digest.slice(0, 10), note: 'checked' })).toMatchObject({
      value: { digest, approved: { by: 'Ada', note: 'checked' } },
    })
    expect(listModels(world.reading)[0]?.approved).toMatchObject({ by: 'Ada', note: 'checked' })
    expect(revokeModel(transaction(world), { digest, note: 'a leak' })).toMatchObject({
      value: { approved: null, register: 'revoked' },
    })
    expect(listModels(world.reading)[0]).toMatchObject({
      ...{ register: 'revoked', approved: null, revoked: { by: 'Ada', note: 'a leak' } },
    })
    expect(revokeModel(transaction(world), { digest, note: '' })).toMatchObject({
      failure: { code: 'model-not-approved' },
    })
    expect(approveModel(transaction(world), { digest: 'beef', note: '' })).toMatchObject({
      failure: { code: 'model-unknown' },
    })
    // Before anybody holds it: only a whole digest names it.
    expect(approveModel(transaction(world), { digest: 'a'.repeat(64), note: '' })).toMatchObject({ ok: true })
  })

  it('shows where a name came to mean something that is not on it', () => {
    const world = organisation()
    const [was, is] = [llama('111'), llama('999', 'another build')]
    approveModel(transaction(world), { digest: was.digest ?? '', note: '' })
    const scan = world.scan({ seen: [ollamaAt('10.0.0.1', { models: [is, qwen('111')] })] })
    world.scan({ seen: [ollamaAt('10.0.0.1', { models: [is, qwen('222')] })] })
    expect(listTagChanges(world.reading, 10)).toEqual([
      expect.objectContaining({
        ...{ address: '10.0.0.1', name: 'llama3:8b', from: was.digest, to: is.digest, scan },
        ...{ fromApproved: true, toApproved: false, at: new Date(world.now - hour).toISOString() },
      }),
    ])
  })
})

describe('concentration', () => {
  it('counts by instances and by copies, unknown apart', () => {
    const figures = showConcentration(organisation().reading)
    expect(figures).toMatchObject({ instances: 3, models: 5 })
    const [family, , pair] = figures.by
    expect(family).toMatchObject({ dimension: 'family', distinct: 2, unknownModels: 1 })
    expect(family?.top).toEqual([
      {
        value: 'llama',
        name: null,
        query: 'family:llama',
        instances: 3,
        models: 3,
        instanceShare: 1,
        modelShare: 0.75,
      },
      {
        value: 'qwen3',
        name: null,
        query: 'family:qwen3',
        instances: 1,
        models: 1,
        instanceShare: 1 / 3,
        modelShare: 0.25,
      },
    ])
    expect(family?.herfindahlByModels).toBeCloseTo(0.75 ** 2 + 0.25 ** 2)
    expect(family?.herfindahlByInstances).toBeCloseTo(0.75 ** 2 + 0.25 ** 2)
    expect(pair?.top[0]?.value).toBe('llama Q4_K_M')
    expect(showConcentration(recorded().reading)).toMatchObject({ instances: 0, models: 0 })
  })
})
