import { describe, expect, it, onTestFinished } from 'vitest'
import type { Behaviour, HttpBehaviour } from '#lab/behaviour.ts'
import { behindPrefix } from '#lab/front/prefix.ts'
import { labHost } from '#lab/host.ts'
import { startLab } from '#lab/lab.ts'
import { ollama } from '#lab/ollama/server.ts'
import { held } from '#lab/organisation/held.ts'
import { nginxWelcome } from '#lab/others/not-ai.ts'
import { openWebUi } from '#lab/others/python-servers.ts'
import { absent } from '#lab/truth.ts'
import { must, startBackend, type TestBackend } from '../support/backend.ts'
import { registerLab } from '../support/lab-rows.ts'

const base = '127.85.0.0/24'
const beneath = ollama({
  version: '0.24.0',
  holds: [held('llama3.1:8b', '2026-06-11T15:40:01.660382917+02:00')],
})
/** Nothing below the path any more. */
const emptied = (elsewhere: HttpBehaviour) => behindPrefix(nginxWelcome(), elsewhere)

/** Scans the one host while it serves this, and tells what the inventory then says of each way in. */
async function scanWhile(backend: TestBackend, serves: Behaviour) {
  const lab = await startLab({ base, hosts: [labHost(1, 'changing', serves, absent('answered'))] })
  onTestFinished(() => lab.stop())
  if ((await must(backend.call('range.list', {}))).length === 0) await registerLab(backend, lab, lab.ports)
  const report = await backend.scan({ ranges: ['127.85.0.1'] })
  await lab.stop()
  const rows = await must(backend.call('inventory.list', {}))
  const told = rows.map(({ product, presence, endpoints, toolCalling }) => ({
    product,
    presence,
    toolCalling,
    paths: endpoints.map(({ basePath }) => basePath).sort(),
  }))
  return { told, instances: report.instances, rows }
}

describe('ways in below a base path', () => {
  it('are instances of their own where anybody gets in', async () => {
    const backend = await startBackend()
    const open = await scanWhile(backend, behindPrefix(beneath, openWebUi()))
    expect(open.told).toEqual([
      { product: 'open-webui', presence: 'present', toolCalling: null, paths: [''] },
      { product: 'ollama', presence: 'present', toolCalling: true, paths: ['/ollama'] },
    ])
    expect(open.instances).toEqual({ seen: 2, new: 2, changed: 0, missing: 0 })

    const emptiedPath = await scanWhile(backend, emptied(openWebUi()))
    expect(emptiedPath.told.map(({ presence }) => presence)).toEqual(['present', 'not-listening'])
    expect(emptiedPath.instances).toEqual({ seen: 1, new: 0, changed: 0, missing: 1 })

    const emptiedRoot = await scanWhile(backend, behindPrefix(beneath, nginxWelcome()))
    expect(emptiedRoot.told.map(({ presence }) => presence)).toEqual(['not-listening', 'present'])

    const nothing = await scanWhile(backend, nginxWelcome())
    expect(nothing.told.map(({ presence }) => presence)).toEqual(['not-listening', 'not-listening'])
  })

  it('belong to the front end where its login stands before them', async () => {
    const backend = await startBackend()
    const first = await scanWhile(backend, openWebUi())
    expect(first.told).toEqual([
      { product: 'open-webui', presence: 'present', toolCalling: null, paths: ['', '/ollama'] },
    ])
    expect(first.rows[0]).toMatchObject({ version: '0.6.36', access: 'auth-required' })
    expect(first.instances).toEqual({ seen: 1, new: 1, changed: 0, missing: 0 })
    const again = await scanWhile(backend, openWebUi())
    expect(again.instances).toEqual({ seen: 1, new: 0, changed: 0, missing: 0 })
  })
})
