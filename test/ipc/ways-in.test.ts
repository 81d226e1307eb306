import { describe, expect, it, onTestFinished } from 'vitest'
import type { HttpBehaviour } from '#lab/behaviour.ts'
import { behindNginx } from '#lab/front/nginx.ts'
import { behindPrefix } from '#lab/front/prefix.ts'
import { defaultPort, type LabHost } from '#lab/host.ts'
import { type InstanceTruth, startLab } from '#lab/lab.ts'
import { ollama } from '#lab/ollama/server.ts'
import { held, loaded } from '#lab/organisation/held.ts'
import { waysIn } from '#lab/organisation/ways-in.ts'
import { openWebUi } from '#lab/others/python-servers.ts'
import { absent } from '#lab/truth.ts'
import { must, startBackend, type TestBackend } from '../support/backend.ts'
import { registerLab } from '../support/lab-rows.ts'

const places = (endpoints: readonly { address: string; port: number }[]) =>
  endpoints.map(({ address, port }) => `${address}:${port}`).sort()

describe('several ways in', () => {
  it('are one instance where that is proven, and several where it is not', async () => {
    const lab = await startLab({ base: '127.108.0.0/24', hosts: waysIn })
    onTestFinished(() => lab.stop())
    const backend = await startBackend()
    await registerLab(backend, lab, [...lab.ports, ...lab.lookAlikePorts])
    const report = await backend.scan({ rate: 5000 })
    const rows = await must(backend.call('inventory.list', {}))

    const truth = lab.truth() as InstanceTruth[]
    const servers = Map.groupBy(truth, each => each.server ?? `${each.address}:${each.port}`)
    expect(rows.map(row => places(row.endpoints)).sort()).toEqual([...servers.values()].map(places).sort())
    expect(report.instances).toEqual({ seen: servers.size, new: servers.size, changed: 0, missing: 0 })
    // Named after the way in that has nothing in front.
    expect(rows.find(row => row.address.endsWith('.130'))).toMatchObject({
      port: 11434,
      tls: true,
      toolCalling: true,
    })
    expect((await must(backend.call('site.list', {})))[0]?.instanceCount).toBe(servers.size)

    const two = await must(backend.call('instance.show', { instance: '127.108.0.130:8443' }))
    expect(two.endpoints.map(({ port, linkReason, front }) => [port, linkReason, front])).toEqual([
      [8443, 'same-models-proxied', 'server: nginx/1.24.0 (Ubuntu)'],
      [11434, 'first-seen', null],
    ])
    const both = await must(backend.call('instance.show', { instance: '127.108.0.133:11434' }))
    expect(both.endpoints.map(({ linkReason }) => linkReason).sort()).toEqual(['first-seen', 'same-running'])

    const again = await backend.scan({ rate: 5000 })
    expect(again.instances).toEqual({ seen: servers.size, new: 0, changed: 0, missing: 0 })
    const lasting = (each: (typeof rows)[number]) => ({ ...each, lastSeenAt: null })
    expect((await must(backend.call('inventory.list', {}))).map(lasting)).toEqual(rows.map(lasting))
    // Each way in is the same holder: it is asked about its model once, not as two witnesses.
    const shown = (place: number) =>
      lab.requests.filter(({ path, address }) => path === '/api/show' && address.endsWith(`.${place}`)).length
    expect(shown(132) + shown(133)).toBe(1)
  })

  it('an id of one that was merged still leads to where it went', async () => {
    const lab = await startLab({ base: '127.109.0.0/24', hosts: waysIn.filter(({ at }) => at === 130) })
    onTestFinished(() => lab.stop())
    const backend = await startBackend()
    await registerLab(backend, lab, [11434, 8443])
    await backend.scan({ ports: [11434] })
    await backend.scan({ ports: [8443] })
    // Not seen in one scan: no proof, two rows.
    const apart = await must(backend.call('inventory.list', {}))
    expect(apart).toHaveLength(2)
    const joined = await backend.scan({})
    expect(joined.instances).toEqual({ seen: 1, new: 0, changed: 0, missing: 0 })
    const [row, ...others] = await must(backend.call('inventory.list', {}))
    expect(others).toEqual([])
    expect(row?.firstSeenAt).toBe(apart.map(each => each.firstSeenAt).sort()[0])
    for (const { id } of apart) {
      expect(await must(backend.call('instance.show', { instance: String(id) }))).toMatchObject({
        id: row?.id,
      })
    }
  })

  it('are parted again when they cannot be one server any more, each under its old id', async () => {
    const backend = await startBackend()
    const first = oldServer('0.24.0', '2026-06-20T08:17:26.330918264+02:00')
    await scanWhile(backend, first, behindNginx(first))
    const [one] = await must(backend.call('inventory.list', {}))
    expect(one?.endpoints).toHaveLength(2)
    // nginx now leads to another server.
    const other = oldServer('0.32.15', '2026-09-11T17:44:02.660382917+02:00')
    const parted = await scanWhile(backend, first, behindNginx(other))
    expect(parted.instances).toMatchObject({ seen: 2 })
    const rows = await must(backend.call('inventory.list', {}))
    expect(rows.map(({ version, endpoints }) => [version, places(endpoints)])).toEqual([
      ['0.32.15', ['127.69.0.1:8080']],
      ['0.24.0', ['127.69.0.1:11434']],
    ])
    expect(rows.some(({ id }) => id === one?.id)).toBe(true)
    // And back: the same two ids all the time.
    await scanWhile(backend, first, behindNginx(first))
    expect(await must(backend.call('inventory.list', {}))).toMatchObject([{ id: one?.id }])
    await scanWhile(backend, first, behindNginx(other))
    const ids = (await must(backend.call('inventory.list', {}))).map(({ id }) => id)
    expect(ids).toEqual(rows.map(({ id }) => id))
  })

  it('are not joined where the models in memory differ', async () => {
    const backend = await startBackend()
    const holds = [held('llama3.1:8b', '2026-06-20T08:17:26.330918264+02:00')]
    const idle = ollama({ version: '0.24.0', holds })
    const busy = ollama({ version: '0.24.0', holds, running: [loaded('llama3.1:8b', 6654289920)] })
    await scanWhile(backend, idle, behindNginx(busy))
    expect(await must(backend.call('inventory.list', {}))).toHaveLength(2)
  })

  it('an Ollama behind a login becomes an instance when the login goes', async () => {
    const backend = await startBackend()
    const beneath = oldServer('0.24.0', '2026-06-20T08:17:26.330918264+02:00')
    const closed = openWebUi()
    await scanWhile(backend, closed, null)
    expect(await must(backend.call('inventory.list', {}))).toHaveLength(1)
    await scanWhile(backend, behindPrefix(beneath, openWebUi()), null)
    const rows = await must(backend.call('inventory.list', {}))
    expect(rows.map(({ product, endpoints }) => [product, endpoints.map(each => each.basePath)])).toEqual([
      ['open-webui', ['']],
      ['ollama', ['/ollama']],
    ])
  })
})

function oldServer(version: string, modifiedAt: string): HttpBehaviour {
  return ollama({ version, holds: [held('llama3.1:8b', modifiedAt)] })
}

/** Scans one host while it serves the first directly and the second on port 8080. */
async function scanWhile(backend: TestBackend, direct: HttpBehaviour, proxied: HttpBehaviour | null) {
  const known = absent('answered')
  const services = [
    { port: defaultPort, serves: direct, known },
    ...(proxied === null ? [] : [{ port: 8080, serves: proxied, known }]),
  ]
  const host: LabHost = { at: 1, title: 'changing', scope: 'inside', services }
  const lab = await startLab({ base: '127.69.0.0/24', hosts: [host] })
  onTestFinished(() => lab.stop())
  if ((await must(backend.call('range.list', {}))).length === 0)
    await registerLab(backend, lab, [11434, 8080])
  const report = await backend.scan({ ranges: ['127.69.0.1'] })
  await lab.stop()
  return report
}
