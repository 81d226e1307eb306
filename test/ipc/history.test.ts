import { describe, expect, it } from 'vitest'
import { ScanDiff, Timeline } from '#shared/domain/history.ts'
import { PersistenceSummary } from '#shared/domain/persistence.ts'
import { startBackend } from '../support/backend.ts'
import { paddock, paddockJson } from '../support/paddock.ts'
import { pulledFrom, register, startServers } from '../support/small-lab.ts'

describe('history, from sockets to the command line', () => {
  it('tells two scans apart and what happened to one instance', async () => {
    const base = '127.101.0.0/24'
    const backend = await startBackend()
    await register(backend, base)
    const holds = pulledFrom('2026-05-12T10:07:33.904718264+02:00', 'llama3.2:3b', 'qwen3:8b')
    const before = await startServers(base, { 3: { holds }, 4: { holds: [] }, 5: {} })
    const first = await backend.scan({ rate: 5000 })
    await before.stop()
    const after = await startServers(base, { 3: { holds: holds.slice(1), version: '0.24.0' }, 4: {}, 6: {} })
    const second = await backend.scan({ rate: 5000 })
    await after.stop()
    await backend.close()

    const folder = backend.dataFolder
    const scans = [first, second].map(({ scan }) => String(scan.id))
    const diff = ScanDiff.parse(await paddockJson(folder, 'diff', ...scans))
    const addresses = (entries: readonly { address: string }[]) => entries.map(({ address }) => address)
    expect(addresses(diff.new)).toEqual(['127.101.0.6'])
    expect(addresses(diff.gone)).toEqual(['127.101.0.5'])
    expect(addresses(diff.changed)).toEqual(['127.101.0.3'])
    expect([...diff.returned, ...diff.notCovered]).toEqual([])
    const fields = diff.changed[0]?.fields ?? []
    expect(fields).toContainEqual({ name: 'version', from: '0.12.6', to: '0.24.0' })
    expect(fields).toContainEqual({ name: 'model:llama3.2:3b', from: holds[0]?.model.digest, to: null })

    const text = await paddock(folder, 'diff', ...scans)
    expect(text.stdout).toContain('version: 0.12.6 → 0.24.0')
    const timeline = Timeline.parse(await paddockJson(folder, 'timeline', '127.101.0.3:11434'))
    const seen = timeline.events.filter(({ scan }) => scan !== null)
    expect(seen.map(({ kind }) => kind)).toEqual(['changed', 'first-seen'])
    expect(timeline.clocks[0]?.presence).toBe('present')
    expect((await paddock(folder, 'timeline', '127.101.0.3')).stdout).toContain('model:llama3.2:3b')
    expect((await paddock(folder, 'diff', '1', '99')).code).toBe(2)

    const summary = PersistenceSummary.parse(await paddockJson(folder, 'history', 'persistence'))
    expect(summary.bands).toMatchObject({ once: { instances: 2 }, intermittent: { instances: 2 } })
    expect((await paddock(folder, 'history', 'persistence')).stdout).toContain('at least 80% of the scans')
    const set = ['history', 'set', '--persistent-share', '50', '--persistent-scans', '2', '--keep-days', '30']
    expect(await paddockJson(folder, ...set)).toMatchObject({ persistentShare: 0.5, keepDays: 30 })
    expect(await paddockJson(folder, 'history', 'persistence')).toMatchObject({
      bands: { persistent: { instances: 2 } },
      definition: { persistentShare: 0.5, persistentScans: 2 },
    })
    expect(await paddockJson(folder, 'history', 'purge')).toMatchObject({ spells: 0 })
    expect((await paddock(folder, 'history', 'set', '--keep-days', 'some')).code).toBe(2)
    expect((await paddock(folder, 'history', 'set', '--persistent-share', '500')).code).toBe(2)
  }, 60_000)
})
