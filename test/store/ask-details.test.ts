import { describe, expect, it } from 'vitest'
import type { Enquiry, EnquiryBatch } from '#main/scanner/enquire.ts'
import { generationOf } from '#main/scanner/products/ollama-show.ts'
import { askDetails } from '#main/services/ask-details.ts'
import { claimsKnownToWriter } from '#main/services/known-claims.ts'
import { keepLicenceText } from '#main/services/model-licences.ts'
import type { SeenHolder } from '#main/services/recording.ts'
import { keepClaim } from '#main/store/claims.ts'
import { formatPlace } from '#shared/domain/observation.ts'
import { ollamaAt, pulled, type Recorded, recorded } from '../support/recorded.ts'

const [disputed, agreed] = ['llama3:8b', 'qwen3:8b'].map(name => pulled(name, '2026-01-01T00:00:01.5Z'))
const models = [disputed, agreed].flatMap(model => model ?? [])
const version = '0.12.0'
const seen = ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map(address => ollamaAt(address, { models, version }))

function holdersIn(world: Recorded): Map<string, SeenHolder> {
  return new Map(
    seen.map(({ target, scheme, basePath }, index) => {
      const place = { target, scheme, basePath }
      return [formatPlace(place), { endpoint: index + 1, site: world.site, place, version, models }] as const
    }),
  )
}

/** Everybody answers; of one model each says something else, or nothing where `isMute`. */
function answering(world: Recorded, rounds: string[][], isMute: boolean) {
  const { store, site } = world
  const licence = keepLicenceText(store, { state: 'none', licences: [], sha256: null, length: null })
  const generation = generationOf(version)
  return async function* (enquiries: Enquiry[]): AsyncGenerator<EnquiryBatch> {
    rounds.push(
      enquiries.flatMap(each => each.models.map(({ name }) => `${each.place.target.address} ${name}`)),
    )
    for (const { place, models: asked } of enquiries) {
      const endpoint = seen.findIndex(({ target }) => target.address === place.target.address) + 1
      for (const { name, digest } of asked) {
        if (name === disputed?.name && isMute) continue
        const capabilities = name === agreed?.name ? ['completion'] : ['completion', `x${endpoint}`]
        keepClaim(store, {
          ...{
            site,
            digest,
            generation,
            endpoint,
            method: 'declared',
            system: null,
            licence,
            at: 1,
            scan: 1,
          },
          capabilities: JSON.stringify(capabilities),
        })
        claimsKnownToWriter(store).forget(site, digest, generation)
      }
    }
    yield { claims: [], requests: {} }
  }
}

async function roundsOf(isMute: boolean): Promise<string[][]> {
  const world = recorded()
  world.scan({ seen })
  const rounds: string[][] = []
  const ask = answering(world, rounds, isMute)
  for await (const _ of askDetails(world.store, holdersIn(world), ask));
  return rounds
}

describe('questions after a sweep', () => {
  it('go to two holders, and to everybody about what these disagree on, but never twice to one', async () => {
    expect(await roundsOf(false)).toEqual([
      ['10.0.0.1 llama3:8b', '10.0.0.1 qwen3:8b', '10.0.0.2 llama3:8b', '10.0.0.2 qwen3:8b'],
      ['10.0.0.3 llama3:8b'],
    ])
  })

  it('go to the next holder where one said nothing', async () => {
    const [, second, ...others] = await roundsOf(true)
    expect(second).toEqual(['10.0.0.3 llama3:8b'])
    expect(others).toEqual([])
  })
})
