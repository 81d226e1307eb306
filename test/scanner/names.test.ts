import { describe, expect, it, onTestFinished } from 'vitest'
import { startLab } from '#lab/lab.ts'
import { fronts } from '#lab/organisation/fronts.ts'
import { createNameServer } from '#main/scanner/name-server.ts'
import { sweep } from '#main/scanner/sweep.ts'
import { createNeighbours } from '#main/scanner/vantage.ts'
import type { PlannedBlock } from '#shared/domain/plan.ts'
import { startNameServer } from '../support/name-server.ts'
import { dialFor, plannedBlock, scanPlan } from '../support/scanning.ts'
import { jobFor, sweepContext, total } from '../support/sweeping.ts'

const target = { address: '127.86.0.1', port: 11434 }

async function reverse(block: Partial<PlannedBlock>, now = 0) {
  const server = await startNameServer({
    '127.86.0.1': ['GPU-7.Example.org', 'not a name', 'alias.example.org'],
  })
  const plan = scanPlan({ blocks: [plannedBlock('127.86.0.1', '127.86.0.1', block)] })
  const nameServer = createNameServer([server.server])
  const dial = dialFor(plan, { nameServer, now: () => now })
  return {
    answer: await dial.reverse(target),
    asked: server.asked,
    requests: Object.fromEntries(dial.requests),
  }
}

describe('reverse DNS', () => {
  it('is not asked unless the site has switched it on', async () => {
    const { answer, asked, requests } = await reverse({})
    expect(answer).toBeNull()
    expect([asked, requests]).toEqual([[], {}])
  })

  it('is asked, counted, and told with its evidence', async () => {
    const { answer, asked, requests } = await reverse({ reverseDns: true })
    expect(answer).toMatchObject({
      names: ['alias.example.org', 'gpu-7.example.org'],
      probe: {
        kind: 'reverse-dns',
        request: 'PTR 127.86.0.1',
        about: 'alias.example.org, gpu-7.example.org',
        failure: null,
      },
    })
    expect(asked).toEqual(['1.0.86.127.in-addr.arpa'])
    expect(requests).toEqual({ 'reverse-dns': 1 })
  })

  it('is asked about no address outside the plan, and not once the authorisation has ended', async () => {
    expect((await reverse({ reverseDns: true, ports: [1] })).asked).toEqual([])
    expect((await reverse({ reverseDns: true, validBefore: 1000 }, 1000)).asked).toEqual([])
  })

  it('tells "it has no name" from "could not ask"', async () => {
    const server = await startNameServer({ '127.86.0.2': null })
    const ask = createNameServer([server.server])
    expect(await ask('127.86.0.9')).toEqual([])
    const started = performance.now()
    expect(await ask('127.86.0.2')).toBeNull()
    expect(performance.now() - started).toBeLessThan(5000)
    expect(await ask('fd00::a1')).toEqual([])
    expect(server.asked.at(-1)).toBe(`1.a.${'0.'.repeat(26)}0.0.d.f.ip6.arpa`)
  })

  it('is asked of what belongs in the inventory only, and adds to what the certificate says', async () => {
    const lab = await startLab({
      base: '127.86.1.0/24',
      hosts: fronts.filter(({ at }) => at === 111 || at === 114),
    })
    onTestFinished(() => lab.stop())
    const server = await startNameServer({
      '127.86.1.111': ['llm.example.internal'],
      '127.86.1.114': ['web.example.internal'],
    })
    const plan = scanPlan({ blocks: [plannedBlock('127.86.1.0', '127.86.1.255', { reverseDns: true })] })
    const dial = dialFor(plan, { nameServer: createNameServer([server.server]) })
    const swept = await total(sweep(jobFor(plan), dial, sweepContext, new AbortController().signal))
    expect(swept.observations.map(({ hostNames }) => hostNames)).toEqual([
      [
        { name: 'llm.example.internal', source: 'certificate' },
        { name: 'llm.example.internal', source: 'reverse-dns' },
      ],
    ])
    expect(server.asked).toEqual(['111.1.86.127.in-addr.arpa'])
  })
})

describe('the neighbour table', () => {
  const table = `IP address       HW type     Flags       HW address            Mask     Device
10.0.0.1         0x1         0x2         AC:1f:6b:00:11:22     *        eth0
10.0.0.2         0x1         0x0         00:00:00:00:00:00     *        eth0
`
  it('gives the hardware address of who is in it, read at most once a second', () => {
    let now = 0
    let reads = 0
    const hardwareOf = createNeighbours(
      () => now,
      () => {
        reads++
        return table
      },
    )
    expect(hardwareOf('10.0.0.1')).toBe('ac:1f:6b:00:11:22')
    expect([hardwareOf('10.0.0.2'), hardwareOf('10.0.0.3')]).toEqual([null, null])
    expect(reads).toBe(1)
    now = 1001
    hardwareOf('10.0.0.1')
    expect(reads).toBe(2)
  })

  it('that cannot be read knows nobody', () => {
    const hardwareOf = createNeighbours(
      () => 0,
      () => {
        throw new Error('no such file')
      },
    )
    expect(hardwareOf('10.0.0.1')).toBeNull()
  })
})
