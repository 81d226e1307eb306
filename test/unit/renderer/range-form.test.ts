import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAddress } from '#shared/domain/address.ts'
import { blockSize, formatBlock, parseBlock } from '#shared/domain/address-block.ts'
import { fail } from '#shared/result.ts'
import {
  addressesLeft,
  coversAll,
  editOf,
  emptyForm,
  exclusionProblem,
  fieldOf,
  formOf,
  inputOf,
  needsConfirmation,
  problemsOf,
  type RangeForm,
  readBlock,
} from '../../../src/renderer/screens/ranges/range-form.ts'
import { must, startBackend } from '../../support/backend.ts'

const now = Date.UTC(2026, 10, 23, 12)
const filled: RangeForm = {
  ...emptyForm(now),
  block: '10.20.0.0/24',
  site: 'Plant 7',
  authorisedBy: 'Ada',
  reference: 'SEC-1',
}
function blockOf(text: string) {
  const parsed = parseBlock(text)
  if (!parsed.ok) throw new Error(text)
  return parsed.value
}

const blocks = [
  ...['10.20.0.0/24', '10.20.0.7', '10.20.0.1-10.20.0.20', '10.20.0.1-20', ' 10.20.0.0/24 ', '10.0.0.0/8'],
  ...['127.80.9.0/24', 'fd00::/112', 'fd00::1', '::ffff:10.1.0.0/112', '100.64.0.0/16', '2001:db8::/120'],
  ...['8.8.8.0/24', '8.8.8.8', '172.32.0.0/24', '192.167.255.0-192.168.0.5'],
  ...['10.20.0.5/24', '10.20.0.0/33', '10.20.0', '10.20.0.256', 'intranet', '10.20.0.0/', '/24', '010.1.1.1'],
  ...['10.20.0.9-10.20.0.1', '10.20.0.1-fd00::1', '10.0.0.0/24/24', '::1-5', 'fe80::1%eth0'],
  ...['0.0.0.0/0', '::/0', '0.0.0.0', '10.0.0.0/7', '0.0.0.0-255.255.255.255', '8.0.0.0/6', 'fd00::/64'],
  ...['224.0.0.0/8', '169.254.1.0/24', '255.255.255.255', '223.255.255.0-224.0.0.1', 'ff02::1', '::'],
]

describe('a block in the form', () => {
  it('is judged while it is typed as the backend judges it afterwards', async () => {
    const backend = await startBackend()
    const told = await Promise.all(
      blocks.map(async (block, index) => {
        const added = await backend.call('range.add', {
          ...inputOf({ ...filled, block }),
          site: `Site ${index}`,
        })
        if (!added.ok) return { block, code: added.failure.code, details: added.failure.details }
        return { block, code: null }
      }),
    )
    const foreseen = blocks.map(block => {
      const read = readBlock(block)
      if (read?.ok === false) return { block, code: read.failure.code, details: read.failure.details }
      const problem = problemsOf({ ...filled, block, site: 'x' }).confirmPublic
      if (problem !== undefined && problem !== 'missing') return { block, code: problem.code, details: {} }
      return { block, code: null }
    })
    const codes = (all: readonly { block: string; code: string | null }[]) =>
      all.map(({ block, code }) => [block, code])
    expect(codes(foreseen)).toEqual(codes(told))
    expect(new Set(told.map(({ code }) => code)).size).toBeGreaterThan(6)
  })

  it('is not judged before there is any', () => {
    expect(readBlock('')).toBeNull()
    expect(readBlock('  ')).toBeNull()
    expect(needsConfirmation('')).toBe(false)
    expect(problemsOf(emptyForm(now)).block).toBe('missing')
  })

  it('needs the extra word where it is public, and only there', () => {
    expect(['8.8.8.8', '172.32.0.0/24', '2001:db8::1'].map(needsConfirmation)).toEqual([true, true, true])
    expect(['10.0.0.0/8', '127.0.0.1', 'fd00::1', '8.8.8', '0.0.0.0/0'].map(needsConfirmation)).toEqual([
      ...[false, false, false, false, false],
    ])
    expect(problemsOf({ ...filled, block: '8.8.8.8' }).confirmPublic).toEqual(
      fail('range-public', { block: '8.8.8.8' }).failure,
    )
    expect(problemsOf({ ...filled, block: '8.8.8.8', confirmPublic: true })).toEqual({})
  })
})

describe('what the exclusions leave', () => {
  const octet = fc.integer({ min: 0, max: 255 })
  const intervals = fc.array(fc.tuple(octet, octet), { maxLength: 6 })

  it('is counted as one would by hand', () => {
    fc.assert(
      fc.property(octet, octet, intervals, (a, b, pairs) => {
        const text = (x: number, y: number) => `10.0.0.${Math.min(x, y)}-10.0.0.${Math.max(x, y)}`
        const block = blockOf(text(a, b))
        let left = 0n
        for (let at = Math.min(a, b); at <= Math.max(a, b); at++)
          if (!pairs.some(([x, y]) => at >= Math.min(x, y) && at <= Math.max(x, y))) left += 1n
        expect(
          addressesLeft(
            block,
            pairs.map(([x, y]) => text(x, y)),
          ),
        ).toBe(left)
      }),
    )
  })

  it('does not change by what is no exclusion (yet)', () => {
    const block = blockOf('10.20.0.0/24')
    expect(addressesLeft(block, ['', '10.20', 'x', '10.21.0.0/24', 'fd00::/64'])).toBe(blockSize(block))
    expect(addressesLeft(block, ['10.0.0.0/8'])).toBe(0n)
    expect(coversAll('10.0.0.0/8', block)).toBe(true)
    expect(coversAll('10.20.0.0/25', block)).toBe(false)
  })

  it.each([
    ['', null],
    ['10.20.0.0/28', null],
    ['10.0.0.0/8', null],
    ['10.20.0.1/28', 'exclusion-malformed'],
    ['printer', 'exclusion-malformed'],
    ['10.21.0.0/28', 'exclusion-outside'],
    ['fd00::1', 'exclusion-outside'],
  ])('and "%s" is answered %s', (text, code) => {
    expect(exclusionProblem(text, blockOf('10.20.0.0/24'))?.code ?? null).toBe(code)
  })

  it('is not complained about while the block itself is not known', () => {
    expect(exclusionProblem('10.21.0.0/28', null)).toBeNull()
  })
})

describe('the form as a whole', () => {
  it('begins with the usual port and a year', () => {
    expect(emptyForm(now)).toMatchObject({ ports: ['11434'], validUntil: '2027-11-22' })
  })

  it('names every mistake at once', () => {
    const wrong = { ...emptyForm(now), ports: ['80', '70000'], exclusions: ['x'], validUntil: '2027-02-30' }
    const problems = problemsOf(wrong)
    expect(Object.keys(problems).sort()).toEqual(
      ['authorisedBy', 'block', 'exclusions', 'ports', 'reference', 'site', 'validUntil'].sort(),
    )
    expect(problems.ports).toEqual(fail('port-malformed', { port: '70000' }).failure)
    expect(problems.validUntil).toEqual(fail('date-malformed', { text: '2027-02-30' }).failure)
  })

  it.each(['', 'http', '0', '65536', '80.5', '-1', '0x50', '1e3'])('takes "%s" for no port', port => {
    expect(problemsOf({ ...filled, ports: [port] }).ports).toMatchObject({ code: 'port-malformed' })
  })

  it('sends what was meant: without space around it, without empty lines', () => {
    const form = { ...filled, block: ' 10.20.0.0/24 ', site: ' Plant 7 ', exclusions: ['', ' 10.20.0.1 '] }
    expect(inputOf(form)).toEqual({
      block: '10.20.0.0/24',
      site: 'Plant 7',
      authorisedBy: 'Ada',
      reference: 'SEC-1',
      validUntil: '2027-11-22',
      ports: [11434],
      exclusions: ['10.20.0.1'],
      confirmPublic: false,
    })
  })

  it('says what it has no zone for by leaving it to Paddock', () => {
    expect(inputOf(filled)).not.toHaveProperty('zone')
    expect(inputOf({ ...filled, zone: 'dmz' })).toMatchObject({ zone: 'dmz' })
  })

  it('shows a registered range so that saving it unchanged changes nothing', async () => {
    const backend = await startBackend()
    const prefix = { block: '2001:db8::/48', candidates: ['2001:db8::7'], confirmPublic: true }
    for (const more of [{}, prefix, { zone: 'dmz', ports: [80, 8080], exclusions: ['10.20.0.0/28'] }]) {
      const input = { ...inputOf(filled), site: JSON.stringify(more), ...more }
      const added = await must(backend.call('range.add', input))
      const form = formOf(added)
      expect(problemsOf(form, false)).toEqual({})
      expect(await must(backend.call('range.edit', editOf(added.id, form)))).toEqual(added)
    }
  })

  it('finds the field that a refusal of the backend concerns', () => {
    expect(fieldOf(fail('authorisation-missing', { field: 'reference' }).failure)).toBe('reference')
    expect(fieldOf(fail('authorisation-missing', { field: 'authorisedBy' }).failure)).toBe('authorisedBy')
    expect(fieldOf(fail('range-public').failure)).toBe('confirmPublic')
    expect(fieldOf(fail('range-registered').failure)).toBe('block')
    expect(fieldOf(fail('disk-full').failure)).toBeNull()
    expect(fieldOf(fail('range-in-use').failure)).toBeNull()
  })
})

it('writes blocks so that they are read as the same', () => {
  const value = fc.bigInt({ min: 0n, max: 2n ** 32n - 1n })
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [first, last] = a < b ? [a, b] : [b, a]
      const block = { first: { family: 4, value: first }, last: { family: 4, value: last } } as const
      expect(parseBlock(formatBlock(block))).toEqual({ ok: true, value: block })
      expect(parseBlock(`${formatAddress(block.first)}-${formatAddress(block.last)}`)).toMatchObject({
        ok: true,
      })
    }),
  )
})
