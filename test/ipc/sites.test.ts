import { describe, expect, it } from 'vitest'
import { openReader } from '#main/store/open.ts'
import { scanById } from '#main/store/scans.ts'
import type { ScanPlan } from '#shared/domain/plan.ts'
import { must, startBackend } from '../support/backend.ts'
import { runCommand } from '../support/command-line.ts'
import { temporaryFolder } from '../support/temporary.ts'

const range = [
  'range',
  'add',
  '127.82.0.0/30',
  '--site',
  'Plant',
  '--authorised-by',
  'Ada',
  '--reference',
  'T-1',
]

describe('a site', () => {
  it('has no name server asked until somebody switches it on', async () => {
    const folder = temporaryFolder()
    await runCommand(folder, ...range)
    const sites = async () => JSON.parse((await runCommand(folder, 'site', 'list', '--json')).stdout)
    expect(await sites()).toMatchObject([{ name: 'Plant', reverseDns: false }])
    const edited = await runCommand(folder, 'site', 'edit', 'plant', '--reverse-dns', 'on')
    expect([edited.code, edited.stdout]).toEqual([
      0,
      expect.stringContaining('At Plant, scans ask the name server'),
    ])
    expect(await sites()).toMatchObject([{ name: 'Plant', reverseDns: true }])
    const off = await runCommand(folder, 'site', 'edit', 'Plant', '--reverse-dns', 'off', '--json')
    expect(JSON.parse(off.stdout)).toMatchObject({ name: 'Plant', reverseDns: false })
  })

  it.each([
    [['Plant'], /Nothing to set was given/],
    [['Plant', '--reverse-dns', 'maybe'], /--reverse-dns cannot be "maybe"; it is one of: on, off/],
    [['Elsewhere', '--reverse-dns', 'on'], /There is no site "Elsewhere"/],
  ])('is refused: %j', async (args, message) => {
    const folder = temporaryFolder()
    await runCommand(folder, ...range)
    const done = await runCommand(folder, 'site', 'edit', ...args)
    expect([done.code, done.stdout]).toEqual([2, ''])
    expect(done.stderr).toMatch(message)
  })

  it('has its wish frozen in the plan of a scan', async () => {
    const backend = await startBackend()
    const [block, authorisedBy, reference] = ['127.82.1.0/30', 'Ada', 'T-1']
    await must(backend.call('range.add', { block, site: 'Plant', authorisedBy, reference }))
    await must(backend.call('site.edit', { site: 'Plant', reverseDns: true }))
    // Nothing lives there, so that nobody is asked for a name.
    const { scan, requests } = await backend.scan({})
    expect(requests.total).toBe(0)
    await backend.close()
    const store = openReader(backend.dataFolder)
    if (!store.ok) throw new Error(store.failure.code)
    const plan: ScanPlan = JSON.parse(scanById(store.value, { id: scan.id })?.plan ?? '')
    store.value.connection.close()
    expect(plan.blocks.map(({ reverseDns }) => reverseDns)).toEqual([true])
  })
})
