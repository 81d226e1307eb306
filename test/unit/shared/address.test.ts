import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareAddresses, formatAddress, parseAddress } from '#shared/domain/address.ts'
import { blockSize, formatBlock, parseBlock } from '#shared/domain/address-block.ts'
import { isPublic, needsVantage, notScannableIn } from '#shared/domain/address-kind.ts'

const anyAddress = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.tuple(fc.bigInt(0n, 2n ** 128n - 1n)).map(([value]) => formatAddress({ family: 6, value })),
)

describe('an address', () => {
  it('is read exactly where Node reads one', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyAddress, fc.string({ maxLength: 45, unit: fc.constantFrom(...'0123456789abcdef:./') })),
        text => {
          expect(parseAddress(text) !== null).toBe(isIP(text) !== 0)
        },
      ),
      { numRuns: 5000 },
    )
  })

  it('comes back from its canonical text', () => {
    fc.assert(
      fc.property(anyAddress, text => {
        const address = parseAddress(text)
        expect(address && parseAddress(formatAddress(address))).toEqual(address)
      }),
    )
  })

  it.each([
    ['2001:0DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['::1', '::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['fe80:0:0:1:0:0:0:1', 'fe80:0:0:1::1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::ffff:a00:1', '10.0.0.1'],
  ])('%s is written %s (RFC 5952)', (text, canonical) => {
    const address = parseAddress(text)
    expect(address && formatAddress(address)).toBe(canonical)
  })

  it.each([
    '010.0.0.1',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    ' 10.0.0.1',
    'fe80::1%eth0',
    '[::1]',
    '1::2::3',
    ':::',
    '',
  ])('"%s" is none', text => expect(parseAddress(text)).toBeNull())

  it('of IPv4 comes before IPv6', () => {
    const [four, six] = ['255.255.255.255', '::1'].map(text => parseAddress(text))
    expect(four && six && compareAddresses(four, six)).toBeLessThan(0)
  })
})

describe('a block', () => {
  const size = (text: string) => {
    const block = parseBlock(text)
    return block.ok ? blockSize(block.value) : block.failure.code
  }

  it.each([
    ['10.0.0.0/24', 256n],
    ['10.0.0.0/8', 2n ** 24n],
    ['10.0.0.1', 1n],
    ['10.0.0.1/32', 1n],
    ['10.0.0.1-10.0.0.20', 20n],
    ['10.0.0.1-20', 20n],
    ['10.0.0.1 - 10.0.0.20', 20n],
    ['fd00::/104', 2n ** 24n],
    ['fd00::1-fd00::ff', 255n],
    ['::ffff:10.0.0.0/120', 256n],
    ['0.0.0.0/0', 2n ** 32n],
  ])('%s holds %s addresses', (text, expected) => expect(size(text)).toBe(expected))

  it.each([
    ['10.0.0.0/33', 'range-malformed'],
    ['10.0.0.0/-1', 'range-malformed'],
    ['10.0.0.0/', 'range-malformed'],
    ['10.0.0.0/08', 'range-malformed'],
    ['10.0.0/24', 'range-malformed'],
    ['300.1.1.1', 'range-malformed'],
    ['10.0.0.1-fd00::1', 'range-malformed'],
    ['10.0.0.1-', 'range-malformed'],
    ['10.0.0.1-999', 'range-malformed'],
    ['a-b-c', 'range-malformed'],
    ['', 'range-malformed'],
    ['10.0.0.5/24', 'range-host-bits'],
    ['10.0.0.9-10.0.0.1', 'range-reversed'],
    ['::ffff:0:0/80', 'range-malformed'],
  ])('%s is refused: %s', (text, code) => expect(size(text)).toBe(code))

  it('is written as what it is', () => {
    const written = [
      '10.0.0.0/24',
      '10.0.0.7',
      '10.0.0.1-10.0.0.20',
      'fd00::/112',
      '10.0.0.0-10.0.0.255',
    ].map(text => {
      const block = parseBlock(text)
      return block.ok && formatBlock(block.value)
    })
    expect(written).toEqual(['10.0.0.0/24', '10.0.0.7', '10.0.0.1-10.0.0.20', 'fd00::/112', '10.0.0.0/24'])
  })

  it.each([
    ['10.0.0.0/8', false],
    ['172.16.0.0/12', false],
    ['172.32.0.0/24', true],
    ['100.64.0.0/10', false],
    ['127.0.0.0/8', false],
    ['8.8.8.8', true],
    ['fd00::/104', false],
    ['2001:db8::/104', true],
    ['9.255.255.0-10.0.0.5', true],
  ])('%s is public: %s', (text, expected) => {
    const block = parseBlock(text)
    expect(block.ok && isPublic(block.value)).toBe(expected)
  })

  it.each([
    ['127.0.0.1', false],
    ['10.1.2.3', true],
    ['fd00::1', true],
    ['8.8.8.8', false],
    ['100.64.1.1', true],
  ])('%s means something only from a known place: %s', (text, expected) => {
    const block = parseBlock(text)
    expect(block.ok && needsVantage(block.value)).toBe(expected)
  })

  it.each([
    ['224.0.0.1', 'multicast'],
    ['ff02::1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['0.0.0.0', 'unspecified'],
    ['::', 'unspecified'],
    ['169.254.0.0/16', 'link-local'],
    ['fe80::1', 'link-local'],
    ['10.0.0.0/24', null],
  ])('%s holds addresses no host has: %s', (text, expected) => {
    const block = parseBlock(text)
    expect(block.ok && notScannableIn(block.value)).toBe(expected)
  })
})
