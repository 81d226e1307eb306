import { describe, expect, it, onTestFinished } from 'vitest'
import { startLab } from '#lab/lab.ts'
import { allowList } from '#main/scanner/allow-list.ts'
import type { InstanceRow } from '#shared/domain/instance.ts'
import { must, startBackend } from '../support/backend.ts'
import { expected, expectedLicences, registerLab, told, toldLicences } from '../support/lab-rows.ts'

describe('a scan of the simulated organisation', () => {
  it('finds exactly what is there, and touches nothing else', async () => {
    const lab = await startLab({ base: '127.61.0.0/24' })
    onTestFinished(() => lab.stop())
    const backend = await startBackend()
    await registerLab(backend, lab, lab.ports)
    const report = await backend.scan({ rate: 5000 })
    const rows = await must(backend.call('inventory.list', {}))
    const rowAt = new Map(rows.map(row => [`${row.address}:${row.port}`, row]))
    const truth = lab.truth().filter(each => lab.ports.includes(each.port))
    const instances = truth.flatMap(each => (each.kind === 'instance' ? [each] : []))

    for (const each of instances) {
      const at = rowAt.get(`${each.address}:${each.port}`)
      const row = told(at)
      if (each.firm === 'identity') {
        expect(row, each.host).toMatchObject({ product: each.product, suspected: each.suspected })
        continue
      }
      expect(row, each.host).toEqual(expected(each))
      expect(toldLicences(at), each.host).toEqual(expectedLicences(each))
    }
    expect(rows.map(row => `${row.address}:${row.port}`).sort()).toEqual(
      instances.map(each => `${each.address}:${each.port}`).sort(),
    )

    // Every target has its outcome, and they add up.
    const { targets, excluded, ...outcomes } = report.coverage
    expect(targets).toBe(256 - 8)
    expect(excluded).toBe(8)
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(targets)
    const expectedOf = (outcome: string) => truth.filter(each => each.outcome === outcome).length
    expect(outcomes).toMatchObject({
      answered: expectedOf('answered'),
      failed: expectedOf('failed'),
      silent: expectedOf('silent'),
      unreachable: 0,
      notReached: 0,
    })
    expect(report.scan.status).toBe('finished')
    expect(report.instances).toEqual({
      seen: instances.length,
      new: instances.length,
      changed: 0,
      missing: 0,
    })

    // The lab's own log: nothing beyond the allow-list, nothing at excluded or foreign addresses, and as many as counted.
    expect(lab.trespasses()).toEqual([])
    expect(lab.requests.filter(request => request.forbidden)).toEqual([])
    const paths = new Set(allowList.map(request => `${request.method} ${request.path}`))
    const strange = lab.requests.filter(
      ({ method, path }) =>
        !paths.has(`${method} ${path}`) && !/^GET \/[a-z0-9]{8,32}$/.test(`${method} ${path}`),
    )
    expect(strange).toEqual([])
    // Who speaks no HTTP was asked for its first page and could not read the question; who hung up, also over TLS.
    const asked = new Set(lab.requests.map(({ address }) => address))
    const deaf = new Set(lab.connections.map(({ address }) => address).filter(address => !asked.has(address)))
    const handshakes = report.requests.byKind['tls'] ?? 0
    expect(handshakes).toBe(1)
    expect(report.requests.total).toBe(lab.requests.length + deaf.size + handshakes)
    expect(deaf.size).toBeLessThan(6)
    const userAgents = new Set(
      lab.requests.map(({ headers }) => headers.find(([name]) => name === 'User-Agent')?.[1]),
    )
    expect([...userAgents]).toEqual([expect.stringMatching(/^Paddock\/\d/)])
  })

  it('repeated, changes nothing and asks less', async () => {
    const lab = await startLab({ base: '127.62.0.0/24' })
    onTestFinished(() => lab.stop())
    const backend = await startBackend()
    const [block = ''] = lab.blocks
    const range = { block, site: 'Lab', authorisedBy: 'Test', reference: 'T-1', exclusions: lab.excluded }
    await must(backend.call('range.add', range))
    const first = await backend.scan({ rate: 5000 })
    const before = await must(backend.call('inventory.list', {}))
    const second = await backend.scan({ rate: 5000 })
    const after = await must(backend.call('inventory.list', {}))
    expect(second.instances).toEqual({ seen: first.instances.seen, new: 0, changed: 0, missing: 0 })
    expect(second.requests.byKind['show'] ?? 0).toBeLessThan((first.requests.byKind['show'] ?? 0) / 4)
    const lasting = (row: InstanceRow) => ({ ...row, lastSeenAt: null })
    expect(after.map(lasting)).toEqual(before.map(lasting))
  })

  it('notices what stops, what comes back, and nothing beyond what was covered', async () => {
    const lab = await startLab({ base: '127.121.0.0/24' })
    const backend = await startBackend()
    const [block = ''] = lab.blocks
    const range = { block, site: 'Lab', authorisedBy: 'Test', reference: 'T-1', exclusions: lab.excluded }
    await must(backend.call('range.add', range))
    const first = await backend.scan({ rate: 5000 })
    await lab.stop()
    const half = await backend.scan({ ranges: ['127.121.0.0/26'], rate: 5000 })
    const rows = await must(backend.call('inventory.list', {}))
    const inHalf = (row: InstanceRow) => Number(row.address.split('.')[3]) < 64
    expect(half.instances.missing).toBe(rows.filter(inHalf).length)
    expect(new Set(rows.filter(inHalf).map(row => row.presence))).toEqual(new Set(['not-listening']))
    expect(new Set(rows.filter(row => !inHalf(row)).map(row => row.presence))).toEqual(new Set(['present']))
    // What was known stays known, with the age of the last look.
    expect(rows.filter(inHalf).every(row => row.lastSeenAt <= (first.scan.finishedAt ?? ''))).toBe(true)

    const again = await startLab({ base: '127.121.0.0/24' })
    onTestFinished(() => again.stop())
    const back = await backend.scan({ rate: 5000 })
    expect(back.instances).toEqual({ seen: rows.length, new: 0, changed: 0, missing: 0 })
    const returned = await must(backend.call('inventory.list', {}))
    expect(new Set(returned.map(row => row.presence))).toEqual(new Set(['present']))
  })
})
