import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { allowList } from '#main/scanner/allow-list.ts'
import { bracketFrom } from '#main/scanner/products/ollama-routes.ts'
import { readBuild } from '#shared/domain/build.ts'
import type { Probe, ProbeKind } from '#shared/domain/probe.ts'
import { type BracketEvidence, bracketOf, fits, isPossible } from '#shared/domain/version-bracket.ts'
import { type RawServer, type RecordedAnswer, serveAnswers } from '../support/raw-server.ts'
import { observationAt } from '../support/scanning.ts'

type Answers = Partial<Record<ProbeKind, RecordedAnswer>>

interface Release {
  readonly version: string
  readonly cases: Record<string, Answers>
  readonly routes: Answers
}

const folder = join(import.meta.dirname, '..', 'fixtures', 'products', 'ollama')
const releases: Release[] = readdirSync(folder).map(file => ({
  version: file.slice(0, -'.json'.length),
  ...JSON.parse(readFileSync(join(folder, file), 'utf8')),
}))
const releaseNamed = (version: string) => {
  const found = releases.find(release => release.version === version)
  if (found === undefined) throw new Error(version)
  return found
}

let server: RawServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

const kinds = new Map(allowList.map(({ path, kind }) => [path, kind]))
kinds.set('/api/version', 'version')

/** What Paddock sees of a recorded release, with some of its answers changed. */
async function look({ cases, routes }: Release, name: string, changed: Answers = {}) {
  const answers: Answers = { ...cases[name], ...routes, ...changed }
  server = await serveAnswers((_, path, head) => {
    const kind = head.includes('\r\nOrigin: ') ? 'origin' : kinds.get(path)
    return answers[kind ?? 'unknown-path'] ?? answers['unknown-path'] ?? null
  })
  return observationAt(server.address, server.port)
}

const stating = (version: string): Answers => {
  const body = JSON.stringify({ version })
  const type = ['Content-Type', 'application/json; charset=utf-8'] as const
  return { version: { status: 200, statusText: 'OK', headers: [type, ['Content-Length', '0']], body } }
}
const noRoute: RecordedAnswer = {
  status: 404,
  statusText: 'Not Found',
  headers: [
    ['Content-Type', 'text/plain'],
    ['Content-Length', '18'],
  ],
  body: '404 page not found',
}

/** What is left between the recorded releases, told without the version: from, to before. */
const expected: Record<string, readonly [string | null, string | null]> = {
  '0.1.3': [null, '0.1.14'],
  '0.1.14': ['0.1.14', '0.1.15'],
  '0.1.32': ['0.1.21', '0.1.38'],
  '0.1.35': ['0.1.21', '0.1.38'],
  '0.1.39': ['0.1.38', '0.1.42'],
  '0.1.45': ['0.1.38', '0.2.0'],
  '0.2.0': ['0.2.0', '0.16.2'],
  '0.3.14': ['0.2.0', '0.16.2'],
  '0.5.7': ['0.2.0', '0.16.2'],
  '0.5.13': ['0.2.0', '0.16.2'],
  '0.6.5': ['0.2.0', '0.16.2'],
  '0.7.0': ['0.7.0', '0.13.3'],
  '0.9.6': ['0.7.0', '0.13.3'],
  '0.12.6': ['0.12.0', '0.13.3'],
  '0.14.3': ['0.14.3', '0.16.2'],
  '0.16.2': ['0.16.2', '0.18.0'],
  '0.18.0': ['0.18.0', '0.20.0'],
  '0.20.0': ['0.20.0', '0.30.0'],
  '0.24.0': ['0.20.0', '0.30.0'],
  '0.30.0': ['0.30.0', '0.32.6'],
  '0.32.5': ['0.30.0', '0.32.6'],
  '0.32.15': ['0.32.6', null],
  '0.33.0-rc2': ['0.32.6', null],
}

describe.each(releases)('the bracket of Ollama $version as recorded', release => {
  const { version, cases } = release
  it.each(Object.keys(cases))('holds the true version, %s', async name => {
    const seen = await look(release, name)
    expect(seen.identity.product).toBe('ollama')
    if (seen.bracket === null) throw new Error('no bracket')
    expect(fits(seen.bracket, readBuild(version)), JSON.stringify(seen.bracket)).toBe(true)
    expect(seen.identity.signals.filter(({ points }) => points < 0)).toEqual([])
    if (name === 'with-models') expect([seen.bracket.atLeast, seen.bracket.below]).toEqual(expected[version])
    expect(bracketing(seen.probes).length).toBeLessThanOrEqual(2)
  })

  it('is the same without a version that says anything', async () => {
    const seen = await look(release, 'with-models', version === '0.1.3' ? {} : stating('0.0.0'))
    if (seen.bracket === null) throw new Error('no bracket')
    expect(fits(seen.bracket, readBuild(version)), JSON.stringify(seen.bracket)).toBe(true)
    expect(seen.identity.signals.map(({ name }) => name)).not.toContain('version-contradicted')
    expect(bracketing(seen.probes).length).toBeLessThanOrEqual(3)
  })
})

/** Routes asked for the version; once the host check is asked for, they are about model management. */
function bracketing(probes: readonly Probe[]): string[] {
  const kinds = probes.map(({ kind }) => kind)
  const end = kinds.includes('host') ? kinds.indexOf('host') : kinds.length
  return kinds.slice(0, end).filter(kind => kind.startsWith('route-'))
}

describe('a stated version that does not fit', () => {
  it.each([
    ['0.9.6', '0.14.3', 'version-contradicted'],
    ['0.9.6', '0.13.5', 'version-contradicted'],
    ['0.6.5', '0.9.6', 'version-contradicted'],
    ['0.14.3', '0.9.6', 'version-contradicted'],
    ['0.16.2', '0.24.0', 'version-contradicted'],
    ['0.20.0', '0.17.1', 'version-contradicted'],
    // Here a single field and a single route tell it, too.
    ['0.24.0', '0.35.0', 'field-missing'],
    ['0.9.6', '0.17.1', 'route-missing'],
  ])('%s that calls itself %s: %s', async (actual, claimed, name) => {
    const seen = await look(releaseNamed(actual), 'with-models', stating(claimed))
    if (seen.bracket === null) throw new Error('no bracket')
    expect(fits(seen.bracket, readBuild(claimed)), JSON.stringify(seen.bracket)).toBe(false)
    const against = seen.identity.signals.filter(({ points }) => points < 0)
    expect(against.map(signal => signal.name)).toEqual([...new Set([name, 'version-contradicted'])])
    expect(seen.identity.confidence).toBeLessThan(100)
    expect(seen.version).toBe(claimed)
  })

  it.each([
    ['0.13.2-5-gabc123', '0.13.3'],
    ['0.13.3-rc1', '0.13.3'],
  ])('does not wrong %s, which may have what %s has', async version => {
    const seen = await look(releaseNamed('0.14.3'), 'with-models', {
      ...stating(version),
      'route-messages': noRoute,
      'route-images': noRoute,
    })
    expect(seen.identity.signals.map(({ name }) => name)).not.toContain('version-contradicted')
    expect(seen.bracket).toMatchObject({ atLeast: '0.13.3', below: '0.14.0' })
  })
})

describe('answers that are not the server’s own', () => {
  const page = (status: number): RecordedAnswer => ({
    status,
    statusText: 'Not here',
    headers: [
      ['Server', 'nginx'],
      ['Content-Type', 'text/html'],
      ['Content-Length', '0'],
    ],
    body: '<html>nothing here</html>',
  })

  it.each([404, 405, 403, 502])('say nothing about routes: %i of a proxy', async status => {
    const proxied = Object.fromEntries(
      (['status', 'route-web-search', 'route-transcriptions', 'route-images'] as const).map(kind => [
        kind,
        page(status),
      ]),
    )
    const seen = await look(releaseNamed('0.24.0'), 'with-models', proxied)
    const about = seen.bracket?.evidence.map(({ kind }) => kind)
    expect(new Set(about)).toEqual(new Set(['version', 'tags', 'ps', 'v1-models']))
  })

  it('nor do they make an imitation of what a proxy lets through', async () => {
    const kinds = [
      'ps',
      'status',
      'v1-models',
      'route-web-search',
      'route-transcriptions',
      'route-images',
    ] as const
    const filtered = Object.fromEntries(kinds.map(kind => [kind, page(404)]))
    const seen = await look(releaseNamed('0.24.0'), 'with-models', filtered)
    expect(seen.identity).toMatchObject({ product: 'ollama', suspected: null })
    expect(seen.bracket).toMatchObject({ atLeast: '0.12.0', below: '0.30.0' })
  })

  it('but its 403 that names the method does', async () => {
    const refused = (allow: string): RecordedAnswer => ({
      status: 403,
      statusText: 'Forbidden',
      headers: [
        ['Allow', allow],
        ['Content-Length', '0'],
      ],
      body: '',
    })
    const seen = await look(releaseNamed('0.24.0'), 'with-models', {
      'route-transcriptions': refused('POST'),
    })
    expect(seen.bracket).toMatchObject({ atLeast: '0.20.0' })
  })
})

describe('a side behind a login', () => {
  it('is not asked about its routes', async () => {
    const login: RecordedAnswer = {
      status: 401,
      statusText: 'Unauthorized',
      headers: [
        ['WWW-Authenticate', 'Basic realm="x"'],
        ['Content-Length', '0'],
      ],
      body: '',
    }
    const seen = await look(releaseNamed('0.12.6'), 'empty', {
      'v1-models': login,
      'route-responses': login,
      'route-messages': login,
    })
    const asked = bracketing(seen.probes)
    expect(asked).toEqual(['route-pull'])
    expect(seen.bracket).toMatchObject({ atLeast: '0.7.0', below: '0.16.2' })
  })
})

describe('answers of any kind', () => {
  const kinds = fc.constantFrom<ProbeKind>(
    ...(['version', 'tags', 'ps', 'status', 'v1-models', 'route-pull', 'route-images'] as const),
  )
  const entry = fc.dictionary(
    fc.constantFrom('name', 'model', 'details', 'digest', 'capabilities', 'remote_host', 'expires_at'),
    fc.jsonValue(),
  )
  const body = fc.oneof(
    fc.json(),
    fc.string(),
    fc.array(entry, { maxLength: 4 }).map(models => JSON.stringify({ models })),
  )
  const answer = fc.record({
    ok: fc.constant(true as const),
    status: fc.constantFrom(200, 401, 403, 404, 405, 500),
    statusText: fc.constant(''),
    httpVersion: fc.constant('1.1'),
    headers: fc.array(
      fc.tuple(fc.constantFrom('Allow', 'Content-Type'), fc.constantFrom('POST', 'text/plain', '')),
      { maxLength: 3 },
    ),
    body: body.map(text => Buffer.from(text)),
    truncated: fc.boolean(),
    durationMs: fc.constant(1),
  })

  it('never make the bracket fail, and say the same again', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(kinds, answer), { maxLength: 7 }), all => {
        const answers = new Map(all)
        expect(bracketFrom(answers)).toEqual(bracketFrom(answers))
      }),
    )
  })
})

describe('evidence', () => {
  const release = fc.tuple(fc.nat(1), fc.nat(40), fc.nat(20)).map(([a, b, c]) => `${a}.${b + 1}.${c}`)
  const piece = fc.record({
    kind: fc.constant('tags' as const),
    finding: fc.constant('field' as const),
    about: fc.constant('x'),
    atLeast: fc.option(release, { nil: null }),
    below: fc.option(release, { nil: null }),
  })

  it('narrows, in whatever order it comes, to what fits all of it', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), release, (pieces: BracketEvidence[], version) => {
        const build = readBuild(version)
        const whole = bracketOf(pieces)
        const turned = bracketOf([...pieces].reverse())
        expect([turned.atLeast, turned.below]).toEqual([whole.atLeast, whole.below])
        const fitsAll = pieces.every(each => fits(bracketOf([each]), build) === true)
        expect(fits(whole, build)).toBe(isPossible(whole) && fitsAll)
      }),
    )
  })
})
