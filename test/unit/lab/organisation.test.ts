import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultPort } from '#lab/host.ts'
import { describeLab, type InstanceTruth, type Lab, startLab, type Truth } from '#lab/lab.ts'
import { accessOrder, mostOpen } from '#shared/domain/exposure.ts'
import { InstanceRow } from '#shared/domain/instance.ts'
import { capabilitiesOf, toolCallingOf } from '#shared/domain/model.ts'
import { ownBase } from './own-base.ts'
import { exchange, get, parse, post } from './raw-client.ts'

/**
 * The organisation against its own truth. The truth is written by hand; here it is compared with what the hosts say, by a
 * client that knows nothing of the lab.
 */
let lab: Lab
let truth: Truth[]
const instances = () => truth.filter((one): one is InstanceTruth => one.kind === 'instance')
const genuine = () => instances().filter(({ product, firm }) => product === 'ollama' && firm === 'everything')

beforeAll(async () => {
  lab = await startLab({ base: ownBase() })
  truth = lab.truth()
})
afterAll(() => lab.stop())

describe('the truth', () => {
  it('is of the inventory’s own kind', () => {
    const fields = InstanceRow.pick({
      address: true,
      port: true,
      product: true,
      suspected: true,
      version: true,
      access: true,
      tls: true,
      cors: true,
      models: true,
      capabilities: true,
      toolCalling: true,
      running: true,
    })
    for (const one of instances()) expect(fields.safeParse(one).error, one.host).toBeUndefined()
  })

  it('agrees with itself', () => {
    for (const one of instances()) {
      expect(one.access, one.host).toBe(mostOpen([one.accessApi, one.accessV1]))
      if (one.firm === 'identity') continue
      const models = one.models === null ? null : [...one.models]
      expect(one.capabilities, one.host).toEqual(capabilitiesOf(models?.map(changeable) ?? null))
      expect(one.toolCalling, one.host).toBe(toolCallingOf(models?.map(changeable) ?? null))
    }
  })

  it('says of genuine ones what they list', async () => {
    await Promise.all(
      genuine().map(async one => {
        const version = parse(await get(one.address, one.port, '/api/version'))
        expect(version.status === 404 ? null : fieldOf(version.body, 'version'), one.host).toBe(one.version)
        const listed = modelsOf(parse(await get(one.address, one.port, '/api/tags')).body)
        const expected = (one.models ?? []).map(
          ({ name, digest, sizeBytes, family, parameterSize, remoteHost }) => {
            return { name, digest, sizeBytes, family, parameterSize, remoteHost }
          },
        )
        expect(listed.map(summaryOf).sort(byName), one.host).toEqual(expected.sort(byName))
        const ps = parse(await get(one.address, one.port, '/api/ps'))
        const running = ps.status === 404 ? null : modelsOf(ps.body).map(({ name }) => name)
        expect(running?.sort() ?? null, one.host).toEqual(
          one.running === null ? null : [...one.running].sort(),
        )
      }),
    )
  })

  it('says of their models what they declare in detail', async () => {
    const declaring = genuine().filter(
      ({ version }) => version !== null && !/^0\.[0-5]\./.test(version) && version !== '0.0.0',
    )
    const local = declaring.flatMap(one =>
      (one.models ?? []).filter(({ remoteHost }) => remoteHost === null).map(model => ({ one, model })),
    )
    for (const { one, model } of local) {
      const declared = await declaredCapabilities(one, model.name)
      const known = model.capabilities === null ? null : [...model.capabilities].sort()
      expect(declared, `${one.host}, ${model.name}`).toEqual(known)
    }
    expect(local.length).toBeGreaterThan(60)
  })

  it('says who lets other web sites in', async () => {
    for (const one of genuine()) {
      const answer = parse(await get(one.address, one.port, '/api/version', 'Origin: https://scan.invalid'))
      const allowed = answer.headers.get('access-control-allow-origin')
      expect([answer.status, allowed], one.host).toEqual(one.cors === 'any' ? [200, '*'] : [403, undefined])
    }
  })

  it('says what stands before each door', async () => {
    for (const one of instances().filter(({ firm }) => firm === 'everything')) {
      const behind = (status: number) =>
        status === 401 ? 'auth-required' : status === 403 ? 'forbidden' : status === 200 ? 'open' : 'unknown'
      const api = behind(parse(await get(one.address, one.port, '/api/tags')).status)
      const v1 = behind(parse(await get(one.address, one.port, '/v1/models')).status)
      expect([api, v1], one.host).toEqual([one.accessApi, one.accessV1])
      expect(accessOrder).toContain(one.access)
    }
  })

  it('is the same whether the lab runs or not, but for the base', () => {
    if (process.platform !== 'linux') return
    const described = describeLab({ base: lab.blocks[0] ?? '' })
    expect(described).toEqual(truth)
  })
})

describe('the organisation', () => {
  it('has about sixty living hosts, silent and refusing places, and several of every profile', () => {
    const inside = lab.hosts.filter(({ scope }) => scope === 'inside')
    expect(inside.filter(({ ports }) => ports.length > 0)).toHaveLength(67)
    expect(truth.filter(({ outcome }) => outcome === 'refused').length).toBeGreaterThanOrEqual(2)
    const releases = [
      '0.1.32',
      '0.1.39',
      '0.3.14',
      '0.5.7-0-ga420a45-dirty',
      '0.6.5',
      '0.9.6',
      '0.12.6',
      '0.24.0',
      '0.32.15',
      '0.40.2',
    ]
    const onPort = instances().filter(({ port }) => port === defaultPort)
    for (const release of releases) {
      expect(onPort.filter(({ version }) => version === release).length, release).toBeGreaterThanOrEqual(2)
    }
    expect(onPort.filter(({ product, version }) => product === 'ollama' && version === null)).toHaveLength(2)
  })

  it('names every product and both suspicions', () => {
    const found = new Set(instances().map(({ product, suspected }) => `${product} ${suspected}`))
    for (const product of [
      'open-webui',
      'lm-studio',
      'llama.cpp',
      'localai',
      'koboldcpp',
      'lemonade',
      'docker-model-runner',
      'sglang',
      'vllm',
    ]) {
      expect(found).toContain(`${product} null`)
    }
    expect(found).toContain('unknown ollama')
    expect(found).toContain('unknown honeypot')
  })

  it('has exactly one host that is guarded altogether and otherwise clean', () => {
    const guarded = instances().filter(
      ({ access, product }) => access === 'auth-required' && product === 'unknown',
    )
    expect(guarded.map(({ address }) => address.split('.').at(-1))).toEqual(['100'])
  })

  it('has the same popular models on many hosts, each with a date of its own', () => {
    const holders = genuine().filter(({ models }) => models?.some(({ name }) => name === 'qwen3:8b'))
    expect(holders.length).toBeGreaterThanOrEqual(6)
    const digests = new Set(
      holders.map(({ models }) => models?.find(({ name }) => name === 'qwen3:8b')?.digest),
    )
    expect(digests.size).toBe(1)
  })

  it('says the same bytes every time it starts, but for dates and clocks', async () => {
    const first = await everythingSaid(lab)
    await lab.stop()
    lab = await startLab({ base: lab.blocks[0] ?? '' })
    expect(await everythingSaid(lab)).toEqual(first)
  })

  it('has canaries that answer, where nobody may ask', async () => {
    const canaries = lab.hosts.filter(({ scope }) => scope !== 'inside')
    expect(canaries.map(({ scope }) => scope)).toEqual([
      'excluded',
      'excluded',
      'excluded',
      'outside',
      'outside',
    ])
    const before = lab.trespasses().length
    for (const { address } of canaries) await exchange(address, defaultPort, 'GET / HTTP/1.0\r\n\r\n', 1000)
    const noticed = lab.trespasses().slice(before)
    expect(noticed.map(({ address }) => address)).toEqual(canaries.map(({ address }) => address))
    expect(truth.some(({ address }) => canaries.some(canary => canary.address === address))).toBe(false)
  })
})

/** What `show` declares, without repetitions; null where it does not find the model. */
async function declaredCapabilities(
  { address, port }: InstanceTruth,
  model: string,
): Promise<string[] | null> {
  const answer = parse(await post(address, port, '/api/show', JSON.stringify({ model })))
  if (answer.status !== 200) return null
  return [...new Set(fieldOf(answer.body, 'capabilities') as string[])].sort()
}

/** Lists and details of every host, without what follows a clock. */
async function everythingSaid(of: Lab): Promise<string[]> {
  const paths = ['/', '/api/version', '/api/tags', '/api/ps', '/v1/models', '/nowhere']
  const talking = of.hosts.filter(({ truth }) => truth.every(({ outcome }) => outcome === 'answered'))
  const said = talking.flatMap(({ address, ports }) =>
    ports.includes(defaultPort) ? paths.map(path => get(address, defaultPort, path)) : [],
  )
  const answers = await Promise.all(said.map(answer => answer.catch(() => 'no answer')))
  return answers.map(answer =>
    answer.replace(/date: [^\r]*GMT/gi, '').replace(/"(expires_at|modified_at)":\s?"20\d\d-[^"]*"/g, '"$1"'),
  )
}

type Listed = Record<string, unknown> & { name: string; details?: Record<string, unknown> }

function modelsOf(body: string): Listed[] {
  return (fieldOf(body, 'models') as Listed[] | null) ?? []
}

function fieldOf(body: string, field: string): unknown {
  return (JSON.parse(body) as Record<string, unknown>)[field]
}

function summaryOf({ name, digest, size, details, remote_host }: Listed) {
  const text = (value: unknown) => (value === '' || value === undefined ? null : value)
  return {
    name,
    digest,
    sizeBytes: size,
    family: text(details?.['family']),
    parameterSize: text(details?.['parameter_size']),
    remoteHost: text(remote_host),
  }
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1
}

function changeable({ capabilities }: { readonly capabilities: readonly string[] | null }) {
  return { capabilities: capabilities === null ? null : [...capabilities] }
}
