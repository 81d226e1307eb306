import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { allowList } from '#main/scanner/allow-list.ts'
import { readCapabilities } from '#main/scanner/products/ollama-show.ts'
import type { ProbeKind } from '#shared/domain/probe.ts'
import { type RawServer, type RecordedAnswer, serveAnswers } from '../support/raw-server.ts'
import { observationAt } from '../support/scanning.ts'

/** What real Ollama servers answered, release by release: see `source` in each file. */
const folder = join(import.meta.dirname, '..', 'fixtures', 'products', 'ollama')

interface Release {
  readonly cases: Record<string, Partial<Record<ProbeKind, RecordedAnswer>>>
  readonly routes: Partial<Record<ProbeKind, RecordedAnswer>>
  readonly shows: Record<string, RecordedAnswer>
}

const releases = readdirSync(folder).map(file => {
  const release: Release = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  return { version: file.slice(0, -'.json'.length), ...release }
})

let server: RawServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

/** Serves what was recorded, by path; a request with a foreign Origin gets the answer recorded for that. */
async function serve(answers: Partial<Record<ProbeKind, RecordedAnswer>>): Promise<RawServer> {
  const byPath = new Map(allowList.map(({ path, kind }) => [path, kind]))
  byPath.set('/api/version', 'version')
  server = await serveAnswers((_, path, head) => {
    const kind = /\r\nOrigin: https:\/\/scan\.invalid\r\n/.test(head) ? 'origin' : byPath.get(path)
    return answers[kind ?? 'unknown-path'] ?? answers['unknown-path'] ?? null
  })
  return server
}

const withoutVersionRoute = ['0.1.3']

describe.each(releases)('Ollama $version as recorded', ({ version, cases, routes, shows }) => {
  it.each(Object.keys(cases))('is recognised %s', async name => {
    const { address, port } = await serve({ ...cases[name], ...routes })
    const seen = await observationAt(address, port)
    expect(seen.identity).toMatchObject({ product: 'ollama', suspected: null })
    expect(seen.identity.confidence).toBeGreaterThanOrEqual(80)
    expect(seen.identity.signals.filter(signal => signal.points < 0)).toEqual([])
    expect(seen.version).toBe(withoutVersionRoute.includes(version) ? null : version)
    expect(seen.access.api).toBe('open')
    expect(seen.cors).toBe(name === 'origins-star' ? 'any' : 'restricted')
    expect(seen.models).toHaveLength(name === 'empty' ? 0 : (listed(cases['with-models']?.tags) ?? -1))
  })

  it('declares what its models can do, or it is derived', () => {
    const capabilities = (model: string) =>
      readCapabilities(JSON.parse(shows[model]?.body ?? 'null'), version)?.capabilities
    expect(capabilities('tiny-tools:0.1m')).toEqual(
      serves('0.2.6', version) ? ['completion', 'tools'] : ['completion'],
    )
    expect(capabilities('tiny-insert')).toEqual(
      serves('0.2.6', version) ? ['completion', 'insert'] : ['completion'],
    )
    expect(capabilities('tiny-base')).toEqual(['completion'])
    // Below 0.1.45 nothing but the family tells; "bert" was not written down by the oldest ones.
    if (serves('0.1.45', version)) expect(capabilities('tiny-bert-embed')).toEqual(['embedding'])
  })
})

function serves(since: string, version: string): boolean {
  const numbers = (text: string) => text.split(/[.-]/).slice(0, 3).map(Number)
  const [a, b] = [numbers(version), numbers(since)]
  const differing = [0, 1, 2].find(index => a[index] !== b[index])
  return differing === undefined || (a[differing] ?? 0) > (b[differing] ?? 0)
}

function listed(tags: RecordedAnswer | undefined): number | null {
  return tags === undefined ? null : JSON.parse(tags.body).models.length
}
