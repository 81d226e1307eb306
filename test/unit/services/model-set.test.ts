import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { promptFor } from '#main/governance/claims.ts'
import { modelFactOf } from '#main/governance/facts.ts'
import { describeModels } from '#main/governance/summarise.ts'
import { type ModelReading, modelSetOf } from '#main/services/model-set.ts'
import { type ModelLicence, unaskedLicence } from '#shared/domain/licence.ts'
import { toolCallingOf } from '#shared/domain/model.ts'
import type { StableFacts } from '#shared/domain/snapshot.ts'

const digest = fc.constantFrom('d1', 'd2', 'd3')
const name = fc.constantFrom('a', 'b')
const endpoint = fc.integer({ min: 1, max: 4 })
const capabilities = fc.constantFrom(['completion'], ['completion', 'tools'], ['tools', 'completion'])
const listed = fc.record({
  name,
  digest: fc.option(digest),
  modifiedAt: fc.constant(null),
  sizeBytes: fc.constant(1),
  format: fc.constant(null),
  family: fc.constantFrom('llama', null),
  families: fc.constant([]),
  parameterSize: fc.constant(null),
  quantization: fc.constant(null),
  remoteModel: fc.constant(null),
  remoteHost: fc.constantFrom(null, 'ollama.com'),
  contextLength: fc.constant(null),
  capabilities: fc.option(capabilities),
})
const template = fc.constantFrom(null, 'uncensored' as const)
const claim = fc.record({
  digest,
  holder: endpoint,
  capabilities,
  system: fc.option(fc.record({ length: fc.constant(1), sha256: fc.constantFrom('x', 'y'), template })),
})
const apache: ModelLicence = {
  state: 'recognised',
  licences: [{ id: 'Apache-2.0', title: 'Apache License 2.0', use: 'commercial' }],
  sha256: 'a'.repeat(64),
  length: 11_000,
}
const world = fc.record({
  snapshots: fc.array(fc.option(fc.array(listed, { maxLength: 3 })), { minLength: 1, maxLength: 3 }),
  claims: fc.uniqueArray(claim, { maxLength: 6, selector: each => `${each.digest} ${each.holder}` }),
  approved: fc.uniqueArray(digest, { maxLength: 2 }),
  once: fc.array(fc.tuple(endpoint, name), { maxLength: 2 }),
  looks: fc.array(fc.tuple(endpoint, fc.nat(2)), { minLength: 2, maxLength: 12 }),
})

/** Of one endpoint, by itself. */
function alone(
  { approved, approvedOnce, claimsOf, licenceOf }: ModelReading,
  at: number,
  models: StableFacts['models'],
) {
  const described = describeModels(models, at, claimsOf)
  const facts = described?.map(model => {
    if (model.digest === null)
      return modelFactOf(model, {
        approved: null,
        drifted: null,
        system: undefined,
        licence: unaskedLicence,
      })
    const isApproved = approved.has(model.digest)
    const wasApproved = approvedOnce.get(at)?.has(model.name) === true
    return modelFactOf(model, {
      approved: approved.size === 0 ? null : isApproved,
      drifted: isApproved ? false : wasApproved ? true : null,
      system: promptFor(at, claimsOf(model.digest)),
      licence: licenceOf(model.digest),
    })
  })
  return { models: facts ?? null, toolCalling: toolCallingOf(described) }
}

describe('the models of a snapshot', () => {
  it('are what each endpoint shows by itself, whoever was looked at before', () => {
    fc.assert(
      fc.property(world, ({ snapshots, claims, approved, once, looks }) => {
        const reading: ModelReading = {
          sets: new Map(),
          approved: new Set(approved),
          approvedOnce: new Map(
            [...Map.groupBy(once, ([at]) => at)].map(([at, names]) => [
              at,
              new Set(names.map(each => each[1])),
            ]),
          ),
          claimsOf: wanted => claims.filter(each => each.digest === wanted),
          licenceOf: wanted => (wanted === 'd1' ? apache : unaskedLicence),
        }
        for (const [at, number] of looks) {
          const models = (snapshots[number % snapshots.length] ?? null) as StableFacts['models']
          const { models: facts, toolCalling } = modelSetOf(
            reading,
            at,
            `1 ${number % snapshots.length}`,
            models,
          )
          expect({ models: facts, toolCalling }).toEqual(alone(reading, at, models))
        }
      }),
      { numRuns: 500 },
    )
  })

  it('are one list for all that were not asked themselves', () => {
    const model = { name: 'a', digest: 'd1', family: null, capabilities: null, remoteHost: null }
    const models = [model] as unknown as StableFacts['models']
    const claims = [{ holder: 2, capabilities: ['tools'], system: null }]
    const reading = {
      sets: new Map(),
      approved: new Set<string>(),
      approvedOnce: new Map(),
      claimsOf: () => claims,
      licenceOf: () => apache,
    }
    const first = modelSetOf(reading, 1, '1 1', models)
    expect(modelSetOf(reading, 3, '1 1', models)).toBe(first)
    expect(modelSetOf(reading, 2, '1 1', models)).not.toBe(first)
  })
})
