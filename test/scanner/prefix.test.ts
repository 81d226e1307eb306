import { describe, expect, it, onTestFinished } from 'vitest'
import { behindPrefix } from '#lab/front/prefix.ts'
import { labHost } from '#lab/host.ts'
import { startLab } from '#lab/lab.ts'
import { ollama } from '#lab/ollama/server.ts'
import { fronts } from '#lab/organisation/fronts.ts'
import { held } from '#lab/organisation/held.ts'
import { openWebUi } from '#lab/others/python-servers.ts'
import { absent } from '#lab/truth.ts'
import { identifyAllAt, identifyAt, observationAt } from '../support/scanning.ts'

/** Open WebUI without a login of its own: whoever reaches it reaches the Ollama behind it. */
const openHouse = behindPrefix(
  ollama({ version: '0.24.0', holds: [held('llama3.1:8b', '2026-06-11T15:40:01.660382917+02:00')] }),
  openWebUi(),
)

async function startFronts(base: string) {
  const known = absent('answered')
  const extra = [
    labHost(130, 'Open WebUI without a login', openHouse, known),
    labHost(131, 'Open WebUI', openWebUi(), known),
  ]
  const lab = await startLab({ base, hosts: [...fronts.filter(({ at }) => at >= 120 && at < 130), ...extra] })
  onTestFinished(() => lab.stop())
  const asked = (place: number) =>
    lab.requests.filter(({ address }) => address.endsWith(`.${place}`)).map(({ path }) => path)
  return { at: (place: number) => base.replace('0/24', String(place)), asked, lab }
}

describe('below the base path /ollama', () => {
  it('an Ollama is found, with everything it shows, where a web page owns the root', async () => {
    const { at, lab } = await startFronts('127.116.0.0/24')
    const found = await observationAt(at(120), 11434)
    expect(found).toMatchObject({
      scheme: 'http',
      basePath: '/ollama',
      version: '0.12.6',
      access: { api: 'open', v1: 'open' },
      cors: 'restricted',
      running: [],
      vacantPaths: [''],
      identity: { product: 'ollama', suspected: null },
    })
    expect(found.models).toHaveLength(1)
    expect(found.probes.every(({ request }) => request.startsWith('GET /ollama/'))).toBe(true)
    const secured = await observationAt(at(121), 11434)
    expect(secured).toMatchObject({ scheme: 'https', basePath: '/ollama', identity: { product: 'ollama' } })
    expect(secured.probes[0]).toMatchObject({ kind: 'tls' })
    expect(lab.requests.filter(({ forbidden }) => forbidden)).toEqual([])
  })

  it('a password is recognised as one on the path, not on the whole host', async () => {
    const { at, asked } = await startFronts('127.117.0.0/24')
    expect(await observationAt(at(122), 11434)).toMatchObject({
      basePath: '/ollama',
      identity: { product: 'unknown', suspected: 'ollama' },
      access: { api: 'auth-required' },
    })
    expect(await identifyAt(at(124), 8080)).toBe('unrecognised')
    // The same login everywhere says nothing about what is behind it, and is not knocked at again.
    expect(asked(124).filter(path => path.startsWith('/ollama/'))).toEqual(['/ollama/api/version'])
  })

  it('a page that answers everything is no Ollama, and is asked one question more', async () => {
    const { at, asked } = await startFronts('127.77.0.0/24')
    expect(await identifyAt(at(123), 11434)).toBe('unrecognised')
    expect(asked(123)).toEqual(['/', '/api/version', '/api/tags', '/v1/models', '/ollama/api/version'])
  })

  it('what Open WebUI passes on to is seen as far as it lets everybody', async () => {
    const { at, asked } = await startFronts('127.118.0.0/24')
    const open = await identifyAllAt(at(130), 11434)
    if (typeof open === 'string') throw new Error(open)
    expect(open.map(({ basePath, identity }) => [basePath, identity.product])).toEqual([
      ['', 'open-webui'],
      ['/ollama', 'ollama'],
    ])
    const guarded = await identifyAllAt(at(131), 11434)
    if (typeof guarded === 'string') throw new Error(guarded)
    expect(
      guarded.map(({ basePath, identity, version, access }) => [
        basePath,
        identity.product,
        version,
        access.api,
      ]),
    ).toEqual([
      ['', 'open-webui', '0.6.36', 'unknown'],
      ['/ollama', 'unknown', '0.12.6', 'auth-required'],
    ])
    expect(asked(131).filter(path => path.startsWith('/ollama'))).toEqual([
      '/ollama/api/version',
      '/ollama/api/tags',
      '/ollama/v1/models',
    ])
  })
})
