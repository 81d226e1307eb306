import { describe, expect, it } from 'vitest'
import type { OllamaHost } from '#lab/ollama/host.ts'
import { compareScans } from '#main/services/compare-scans.ts'
import { showTimeline } from '#main/services/timeline.ts'
import type { IdentityProposal } from '#shared/domain/identity.ts'
import type { ScanReport } from '#shared/domain/scan.ts'
import { must, startBackend, type TestBackend } from '../support/backend.ts'
import { chance, machine, seenOf } from '../support/fleet.ts'
import { paddock, paddockJson } from '../support/paddock.ts'
import { recorded, rowsOf } from '../support/recorded.ts'
import { pulledFrom, register, startServers } from '../support/small-lab.ts'

/** What people complain about in other trackers, one test a complaint: Paddock must do none of it. */

async function scanServers(
  backend: TestBackend,
  base: string,
  servers: Readonly<Record<number, Partial<OllamaHost>>>,
): Promise<ScanReport> {
  const lab = await startServers(base, servers)
  const report = await backend.scan({ rate: 5000 })
  await lab.stop()
  return report
}

const owned = (day: number) =>
  pulledFrom(`2026-05-${10 + day}T10:07:33.904718264+02:00`, 'llama3.2:3b', 'qwen3:8b')

describe('a tracker that', () => {
  it('grows slow with its history: a scan, a comparison and a timeline cost after sixty scans what they cost at first', () => {
    const world = recorded('10.0.0.0/22')
    const random = chance(7)
    const fleet = Array.from({ length: 300 }, (_, id) => ({
      ...machine(id, random, world.now),
      address: `10.0.${id >> 8}.${id & 255}`,
    }))
    const timed = (work: () => void) => {
      const started = performance.now()
      work()
      return performance.now() - started
    }
    const costs = Array.from({ length: 60 }, () => {
      for (let n = 0; n < 6; n++)
        (fleet[random(fleet.length)] ?? { version: '' }).version = `0.${random(40)}.0`
      let scan = 0
      const ms = timed(() => {
        scan = world.scan({ seen: seenOf(fleet) })
      })
      const compared = scan > 1 ? timed(() => compareScans(world.reading, [scan - 1, scan] as never)) : 0
      return { ms, compared, timeline: timed(() => showTimeline(world.reading, '1')) }
    })
    const least = (part: typeof costs, key: keyof (typeof costs)[number]) =>
      Math.min(...part.map(each => each[key]))
    for (const key of ['ms', 'compared', 'timeline'] as const) {
      const [early, late] = [least(costs.slice(2, 12), key), least(costs.slice(-10), key)]
      expect(late, key).toBeLessThan(early * 3 + 2)
    }
  }, 120_000)

  it('closes things because a scan was short: half a range scanned changes nothing in the other half', async () => {
    const backend = await startBackend()
    await register(backend, '127.103.0.0/24')
    await scanServers(backend, '127.103.0.0/24', { 10: { holds: owned(1) }, 200: { holds: owned(2) } })
    const before = await must(backend.call('inventory.list', {}))
    const report = await backend.scan({ ranges: ['127.103.0.128/25'], rate: 5000 })
    const after = await must(backend.call('inventory.list', {}))
    expect(report.instances.missing).toBe(1)
    expect(after.find(({ address }) => address === '127.103.0.10')).toEqual(before[0])
    expect(after.find(({ address }) => address === '127.103.0.200')?.presence).toBe('not-listening')
  })

  it('changes things though nothing has changed: the same scan twice is no change', async () => {
    const backend = await startBackend()
    await register(backend, '127.104.0.0/24')
    const lab = await startServers('127.104.0.0/24', { 1: { holds: owned(1) }, 2: { holds: owned(2) } })
    const [first, second] = [await backend.scan({ rate: 5000 }), await backend.scan({ rate: 5000 })]
    await lab.stop()
    expect(second.instances).toEqual({ seen: 2, new: 0, changed: 0, missing: 0 })
    const diff = await must(backend.call('scan.compare', { scans: [first.scan.id, second.scan.id] }))
    expect([diff.new, diff.changed, diff.gone, diff.returned, diff.notCovered]).toEqual([[], [], [], [], []])
  })

  it('makes duplicates at each rescan: ten rescans with new addresses, the same servers', async () => {
    const base = '127.105.0.0/24'
    const backend = await startBackend()
    await register(backend, base)
    for (let day = 0; day <= 10; day++) {
      // Every day each has another address; now and then one that was its neighbour's.
      const servers = Object.fromEntries(
        [0, 1, 2, 3].map(n => [10 + n * 20 + ((day * 7) % 23), { holds: owned(n) }]),
      )
      const report = await scanServers(backend, base, servers)
      expect(report.instances).toEqual({
        seen: 4,
        new: day === 0 ? 4 : 0,
        changed: day === 0 ? 0 : 4,
        missing: 0,
      })
    }
    const rows = await must(backend.call('inventory.list', {}))
    expect(rows.map(({ id }) => id).sort()).toEqual([1, 2, 3, 4])
    expect(await must(backend.call('identity.proposals', {}))).toEqual([])
    await backend.close()
    const text = await paddock(backend.dataFolder, 'timeline', '1')
    expect(text.stdout.match(/moved here: its models were found here/g)?.length).toBeGreaterThanOrEqual(9)
    expect(text.stdout).not.toMatch(/history:|terms:/)
  }, 120_000)

  it('says something else when work is done in parallel: the order of what is seen makes no difference', () => {
    const told = (order: (a: number, b: number) => number) => {
      const world = recorded('10.0.0.0/24')
      const random = chance(3)
      const fleet = Array.from({ length: 40 }, (_, id) => ({
        ...machine(id, random, world.now),
        address: `10.0.0.${id}`,
      }))
      for (let day = 0; day < 5; day++) {
        const moved = fleet.map(each => ({ ...each, address: `10.0.0.${(each.id * 3 + day * 41) % 251}` }))
        world.scan({ seen: seenOf([...moved].sort((a, b) => order(a.id, b.id))) })
      }
      // Ids are given in the order of finding: what belongs together must be the same.
      return rowsOf(world)
        .filter(({ presence }) => presence === 'present')
        .map(({ address, firstSeenAt, models }) => [
          address,
          firstSeenAt,
          models?.map(({ digest }) => digest),
        ])
    }
    expect(told((a, b) => b - a)).toEqual(told((a, b) => a - b))
  })

  it('counts differently in every view: list, page, models, persistence and blast radius agree', async () => {
    const backend = await startBackend()
    await register(backend, '127.106.0.0/24')
    const servers = { 1: { holds: owned(1) }, 2: { holds: owned(1) }, 3: { holds: owned(3).slice(1) }, 4: {} }
    await scanServers(backend, '127.106.0.0/24', servers)
    const rows = await must(backend.call('inventory.list', {}))
    await backend.close()
    const { dataFolder: folder } = backend
    const of = (name: string) =>
      rows.filter(({ models }) => models?.some(model => model.name === name)).length
    const models = await paddockJson<{ names: string[]; instances: number }[]>(folder, 'model', 'list')
    expect(models.map(({ names, instances }) => [names, instances])).toEqual([
      [['qwen3:8b'], of('qwen3:8b')],
      [['llama3.2:3b'], of('llama3.2:3b')],
    ])
    const radius = await paddockJson<{ instances: unknown[] }>(folder, 'blast-radius', 'model=qwen3:8b')
    expect(radius.instances).toHaveLength(of('qwen3:8b'))
    expect(await paddockJson(folder, 'blast-radius')).toMatchObject({
      sites: [{ site: 'Lab', instances: rows.length }],
    })
    expect(await paddockJson(folder, 'history', 'persistence')).toMatchObject({ instances: rows.length })
    expect(await paddockJson(folder, 'model', 'concentration')).toMatchObject({ instances: 3, models: 5 })
    // Two that show the same at one time are asked about, not guessed.
    const proposals = await paddockJson<IdentityProposal[]>(folder, 'identity', 'list')
    expect(proposals.map(({ kind }) => kind)).toEqual(['clones'])
    expect((await paddock(folder, 'identity', 'list')).stdout).toContain('copies of one image')
    const [asked] = proposals
    await paddockJson(folder, 'identity', 'accept', String(asked?.id))
    expect(await paddockJson<unknown[]>(folder, 'inventory')).toHaveLength(rows.length - 1)
    expect(await paddockJson(folder, 'history', 'persistence')).toMatchObject({ instances: rows.length - 1 })
    // Which of the two was found first is chance.
    await paddockJson(folder, 'instance', 'undo', String(asked?.members[0]?.instance))
    expect(await paddockJson<unknown[]>(folder, 'inventory')).toHaveLength(rows.length)
    await paddockJson(folder, 'instance', 'tag', '1', 'gpu')
    await paddockJson(folder, 'instance', 'dispose', '1', 'ours')
    expect(await paddockJson(folder, 'instance', 'about', '1')).toMatchObject({
      tags: ['gpu'],
      disposition: { value: 'ours' },
    })
    expect((await paddock(folder, 'instance', 'dispose', '1', 'mine')).code).toBe(2)
  }, 120_000)
})
