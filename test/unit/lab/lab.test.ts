import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { defaultPort, type LabHost, labHost } from '#lab/host.ts'
import { describeLab, LabError, startLab } from '#lab/lab.ts'
import { ollama } from '#lab/ollama/server.ts'
import { openOllama } from '#lab/truth.ts'
import { ownBase } from './own-base.ts'
import { exchange, get } from './raw-client.ts'

/** Starting, stopping, and where things live. */
const empty = openOllama({
  version: '0.32.15',
  models: [],
  capabilities: [],
  toolCalling: false,
  running: [],
})
const plain = (at: number): LabHost =>
  labHost(at, `host ${at}`, ollama({ version: '0.32.15', holds: [] }), empty)

describe('startLab', () => {
  it('opens hundreds of hosts in less than a second, and closes them all', async () => {
    const base = ownBase().replace('/24', '/23')
    const hosts = Array.from({ length: 480 }, (_, index) => plain(index + 1))
    const before = performance.now()
    const lab = await startLab({ base, hosts })
    expect(performance.now() - before).toBeLessThan(1000)
    const address = lab.hosts.at(-1)?.address ?? ''
    expect(await get(address, defaultPort, '/')).toContain('Ollama is running')
    await lab.stop()
    await expect(get(address, defaultPort, '/')).rejects.toThrow('ECONNREFUSED')
  })

  it('closes open connections when it stops, and can start again at once', async () => {
    const options = { base: ownBase(), hosts: [plain(1)] }
    const lab = await startLab(options)
    const talking = exchange(lab.hosts[0]?.address ?? '', defaultPort, 'GET / HTTP/1.1\r\n', 5000)
    while (lab.connections.length === 0) await new Promise(resolve => setTimeout(resolve, 5))
    await lab.stop()
    expect(await talking).toBe('')
    const again = await startLab(options)
    await again.stop()
  })

  it('names the port somebody else has, opens nothing else, and says what to do', async () => {
    const base = ownBase()
    const taken = base.replace('.0/24', '.2')
    const other = createServer().listen(defaultPort, taken)
    await new Promise(resolve => other.once('listening', resolve))
    const attempt = startLab({ base, hosts: [plain(1), plain(2)] })
    await expect(attempt).rejects.toMatchObject({
      code: 'port-in-use',
      message: expect.stringContaining(`${taken}:11434`) as string,
      next: expect.stringContaining('--base') as string,
    })
    await expect(get(base.replace('.0/24', '.1'), defaultPort, '/')).rejects.toThrow('ECONNREFUSED')
    other.close()
  })

  it('does without a look-alike’s second port where it is taken', async () => {
    const base = ownBase()
    const address = base.replace('.0/24', '.1')
    const other = createServer().listen(8080, address)
    await new Promise(resolve => other.once('listening', resolve))
    const { serves } = plain(1).services[0] as LabHost['services'][number]
    const lab = await startLab({ base, hosts: [labHost(1, 'two ports', serves, empty, [8080, 3000])] })
    expect([lab.hosts[0]?.ports, lab.lookAlikePorts]).toEqual([[11434, 3000], [3000]])
    await lab.stop()
    other.close()
  })

  it.each([
    ['10.0.0.0/24', 'base-malformed'],
    ['127.44.0.1/24', 'base-malformed'],
    ['127.0.0.0/24', 'base-malformed'],
    ['127.255.255.0/24', 'base-malformed'],
    ['everywhere', 'base-malformed'],
    ['127.44.0.0/28', 'hosts-misplaced'],
  ])('refuses to live in %s: %s', async (base, code) => {
    const attempt = startLab({ base })
    await expect(attempt).rejects.toBeInstanceOf(LabError)
    await expect(attempt).rejects.toMatchObject({ code })
  })

  it('gives each host a port of 127.0.0.1 where addresses cannot be had', async () => {
    const hosts = [plain(1), { ...plain(250), scope: 'excluded' as const }, plain(3)]
    const lab = await startLab({ mode: 'ports', hosts })
    expect(lab.blocks).toEqual(['127.0.0.1'])
    expect(lab.ports).toHaveLength(2)
    expect([lab.excluded, lab.outside, lab.hosts.length]).toEqual([[], [], 2])
    const second = await startLab({ mode: 'ports', hosts })
    expect(second.ports).not.toEqual(lab.ports)
    await second.stop()
    for (const port of lab.ports) expect(await get('127.0.0.1', port, '/')).toContain('Ollama is running')
    expect(lab.truth().map(({ port }) => port)).toEqual(lab.ports)
    await lab.stop()
  })

  it('can be described without being started', () => {
    const truth = describeLab({ base: '127.44.0.0/24', hosts: [plain(7)] })
    expect(truth).toMatchObject([{ address: '127.44.0.7', port: 11434, product: 'ollama' }])
  })
})
