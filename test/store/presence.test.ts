import { describe, expect, it } from 'vitest'
import { markNotCovered } from '#main/services/not-covered.ts'
import { showTimeline } from '#main/services/timeline.ts'
import { removeRange } from '#main/store/ranges.ts'
import { addVantage } from '#main/store/vantages.ts'
import { hour, ollamaAt, pulled, type Recorded, recorded, rowsOf } from '../support/recorded.ts'

const rowAt = (world: Recorded, address: string) => rowsOf(world).find(row => row.address === address)
const presenceAt = (world: Recorded, address: string) => rowAt(world, address)?.presence
const iso = (at: number) => new Date(at).toISOString()

function clockAt(world: Recorded, address: string) {
  const timeline = showTimeline(world.reading, `${address}:11434`)
  return timeline.ok ? timeline.value.clocks[0] : undefined
}

describe('presence', () => {
  it('has a state and a clock for each way of not answering', () => {
    const world = recorded()
    world.scan({ seen: ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'].map(each => ollamaAt(each)) })
    const outcomes: Record<string, 'refused' | 'silent' | 'unreachable' | 'answered'> = {
      '10.0.0.1': 'refused',
      '10.0.0.2': 'silent',
      '10.0.0.3': 'unreachable',
      // Another service took the port: the host lives, the instance does not listen.
      '10.0.0.4': 'answered',
    }
    world.scan({ seen: [], absent: address => outcomes[address] ?? 'silent' })
    const since = iso(world.now)
    expect(Object.keys(outcomes).map(address => presenceAt(world, address))).toEqual([
      'not-listening',
      'gone',
      'unreachable',
      'not-listening',
    ])
    world.scan({ seen: [], absent: address => outcomes[address] ?? 'silent' })
    expect(clockAt(world, '10.0.0.1')).toMatchObject({
      presence: 'not-listening',
      since,
      confirmedAt: iso(world.now),
    })
    expect(clockAt(world, '10.0.0.3')).toMatchObject({
      presence: 'unreachable',
      since,
      confirmedAt: iso(world.now),
    })
    expect(clockAt(world, '10.0.0.2')).toMatchObject({
      presence: 'gone',
      since,
      answeredAt: iso(world.now - 2 * hour),
    })
  })

  it('says nothing where the scan could not look', () => {
    const world = recorded()
    world.scan({ seen: [ollamaAt('10.0.0.1')] })
    const before = clockAt(world, '10.0.0.1')
    world.scan({ seen: [], absent: 'failed' })
    expect(presenceAt(world, '10.0.0.1')).toBe('present')
    expect(clockAt(world, '10.0.0.1')).toEqual(before)
  })

  it('counts absence only from where it was seen before', () => {
    const world = recorded()
    const [office, vpn] = ['office', 'vpn'].map(
      name =>
        addVantage(world.store, {
          ...{ fingerprint: name, interface: 'eth0', prefix: '10.0.0.9/24', gateway: null },
          ...{ gatewayHardware: null, dnsSuffix: null, vpn: 0, at: 1 },
        }).id,
    ) as [number, number]
    world.scan({ seen: [ollamaAt('10.0.0.1'), ollamaAt('10.0.0.2')], vantage: office })
    world.scan({ seen: [ollamaAt('10.0.0.2')], vantage: vpn })
    expect(presenceAt(world, '10.0.0.1')).toBe('present')
    // Seen from both by now: its absence means something from either.
    world.scan({ seen: [], vantage: office })
    expect([presenceAt(world, '10.0.0.1'), presenceAt(world, '10.0.0.2')]).toEqual(['gone', 'gone'])
  })

  it('becomes not covered when nobody has looked for longer than the setting, and not before', () => {
    const world = recorded()
    world.scan({ seen: [ollamaAt('10.0.0.1'), ollamaAt('10.0.1.1'), ollamaAt('10.0.1.2')] })
    const seenAt = world.now
    world.scan({ seen: [ollamaAt('10.0.0.1'), ollamaAt('10.0.1.1')] })
    const days = (count: number) => seenAt + hour + count * 24 * hour
    world.scan({ seen: [ollamaAt('10.0.0.1')], blocks: ['10.0.0.0/24'], at: days(30) })
    expect(presenceAt(world, '10.0.1.1')).toBe('present')
    world.scan({ seen: [ollamaAt('10.0.0.1')], blocks: ['10.0.0.0/24'], at: days(30) + 1 })
    expect(presenceAt(world, '10.0.1.1')).toBe('not-covered')
    expect(clockAt(world, '10.0.1.1')).toMatchObject({ presence: 'not-covered', since: iso(seenAt + hour) })
    // Known to be silent stays known.
    expect(presenceAt(world, '10.0.1.2')).toBe('gone')
    world.scan({ seen: [ollamaAt('10.0.0.1'), ollamaAt('10.0.1.1')] })
    expect(presenceAt(world, '10.0.1.1')).toBe('present')
  })

  it('becomes not covered when its range may no longer be scanned', () => {
    const world = recorded()
    world.scan({ seen: [ollamaAt('10.0.0.1')] })
    removeRange(world.store, { id: 1, at: world.now + 1 })
    expect(markNotCovered(world.store, world.now + 2)).toBe(1)
    expect(presenceAt(world, '10.0.0.1')).toBe('not-covered')
    expect(markNotCovered(world.store, world.now + 3)).toBe(0)
  })

  it('of a laptop that is closed at night is no change of anything else', () => {
    const world = recorded()
    const laptop = ollamaAt('10.0.0.1', { models: [pulled('llama3:8b', '2026-11-01T08:00:00.123456789Z')] })
    world.scan({ seen: [laptop] })
    const day = rowAt(world, '10.0.0.1')
    world.scan({ seen: [] })
    expect(rowAt(world, '10.0.0.1')).toEqual({ ...day, presence: 'gone' })
    world.scan({ seen: [laptop] })
    expect(rowAt(world, '10.0.0.1')).toEqual({ ...day, lastSeenAt: iso(world.now) })
  })
})
