import { describe, expect, it } from 'vitest'
import { noGateways } from '#main/scanner/routes.ts'
import { groupCandidates } from '#main/services/candidates.ts'
import { planScan } from '#main/services/scan-plan.ts'
import type { RangeRecord } from '#main/store/ranges.ts'
import { parseBlock } from '#shared/domain/address-block.ts'
import type { ScanRequest } from '#shared/domain/scan.ts'

const record = {
  id: 1,
  site_id: 3,
  site: 'Lab',
  block: 'fd20::/64',
  ports: '[11434]',
  exclusions: '[]',
  valid_until: '2099-01-01',
  candidates: '["fd20::1"]',
  windows: null,
  network_rate: null,
  reverse_dns: 0,
  authorised_by: 'Ada',
  reference: 'T-1',
} as unknown as RangeRecord

const own = {
  address: 'fd20::9',
  netmask: 'ffff:ffff:ffff:ffff::',
  family: 'IPv6',
  mac: '',
  internal: false,
  cidr: 'fd20::9/64',
  scopeid: 0,
} as const

function plan(request: ScanRequest) {
  const block = parseBlock(record.block)
  if (!block.ok) throw new Error(block.failure.code)
  const named = [
    { address: 'fd20::7', port: 11434 },
    { address: 'fd20::8', port: 22 },
  ]
  const planned = planScan(
    request,
    { pieces: [{ range: record, block: block.value }], leftOut: [] },
    [record],
    { interfaces: { eth0: [own] }, gateways: noGateways, dnsSuffix: null },
    { seed: 1, userAgent: 'test' },
    () => named,
  )
  if (!planned.ok) throw new Error(planned.failure.code)
  return planned.value.plan.blocks.map(({ candidates, ports }) => ({ candidates, ports }))
}

describe('what imports name', () => {
  it('is visited in a prefix too large to enumerate, beside what its terms list', () => {
    expect(plan({})).toEqual([{ candidates: ['fd20::1', 'fd20::7', 'fd20::8'], ports: [11434] }])
  })

  it('alone is visited by a scan of candidates, on the ports of the range or those a person names', () => {
    expect(plan({ candidates: true })).toEqual([{ candidates: ['fd20::7'], ports: [11434] }])
    expect(plan({ candidates: true, ports: [22, 11434] })).toEqual([
      { candidates: ['fd20::7'], ports: [11434] },
      { candidates: ['fd20::8'], ports: [22] },
    ])
  })

  it('shares a block where the ports are the same', () => {
    const named = ['a 1', 'a 2', 'b 1', 'b 2', 'c 2'].map(text => {
      const [address = '', port] = text.split(' ')
      return { address, port: Number(port) }
    })
    expect(groupCandidates(named, [1, 2, 3])).toEqual([
      { addresses: ['a', 'b'], ports: [1, 2] },
      { addresses: ['c'], ports: [2] },
    ])
  })
})
