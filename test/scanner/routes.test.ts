import { describe, expect, it } from 'vitest'
import {
  noGateways,
  readNetstat,
  readProcRoutes,
  readProcRoutes6,
  readRoutePrint,
} from '#main/scanner/routes.ts'
import { vantageTowards } from '#main/scanner/vantage.ts'
import { parseAddress } from '#shared/domain/address.ts'

const none = '0'.repeat(32)
const routes6 = [
  `fd000001000000000000000000000000 40 ${none} 00 ${none} 00000100 00000001 00000000 00000001       v0`,
  `${none} 00 ${none} 00 fd000001000000000000000000000001 00000400 00000001 00000000 00000003       v0`,
  `${none} 00 ${none} 00 fd000001000000000000000000000009 00000800 00000001 00000000 00000003       v0`,
  `${none} 00 ${none} 00 ${none} ffffffff 00000001 00000000 00200200       lo`,
].join('\n')

describe('the gateway of an interface', () => {
  it.each([
    [
      'Linux',
      readProcRoutes,
      'Iface\tDestination\tGateway\nv0\t00000000\t0104010A\t0003\nv0\t0004010A\t00000000',
      'v0',
    ],
    [
      'macOS',
      readNetstat,
      'Destination Gateway Flags Netif\ndefault 10.1.4.1 UGScg v0\n10.1.4/24 link#4 UCS v0',
      'v0',
    ],
    ['Windows', readRoutePrint, '  0.0.0.0   0.0.0.0   10.1.4.1   10.1.4.7   25', '10.1.4.7'],
  ])('is read from what %s tells', (_system, read, text, name) => {
    expect([...read(text)]).toEqual([[name, '10.1.4.1']])
  })

  it('is another one for IPv6, and the one of the best metric', () => {
    expect([...readProcRoutes6(routes6)]).toEqual([['v0', 'fd00:1::1']])
    expect([...readProcRoutes6('')]).toEqual([])
    expect([...readProcRoutes6('nonsense\n\u0000')]).toEqual([])
  })

  it('does not lend its IPv4 address to the vantage of an IPv6 network', () => {
    const address = parseAddress('fd00:1::9')
    if (address === null) throw new Error('no address')
    const own = { address: 'fd00:1::2', cidr: 'fd00:1::2/64', family: 'IPv6', internal: false } as const
    const interfaces = { v0: [{ ...own, netmask: 'ffff:ffff:ffff:ffff::', mac: '', scopeid: 0 }] }
    const byInterface = new Map([['v0', '10.1.4.1']])
    const towards = (gateways: typeof noGateways) =>
      vantageTowards(address, { interfaces, gateways, dnsSuffix: null })?.gateway
    expect(towards({ ...noGateways, byInterface })).toBeNull()
    expect(towards({ ...noGateways, byInterface, byInterface6: readProcRoutes6(routes6) })).toBe('fd00:1::1')
  })
})
