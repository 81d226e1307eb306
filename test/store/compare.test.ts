import { describe, expect, it } from 'vitest'
import { compareScans } from '#main/services/compare-scans.ts'
import { showTimeline } from '#main/services/timeline.ts'
import type { ScanDiff } from '#shared/domain/history.ts'
import type { ListedModel } from '#shared/domain/observation.ts'
import type { Result } from '#shared/result.ts'
import { seededRandom } from '../support/random.ts'
import { ollamaAt, pulled, type Recorded, recorded } from '../support/recorded.ts'

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code} ${JSON.stringify(result.failure.details)}`)
  return result.value
}

const compare = (world: Recorded, from: number, to: number): ScanDiff =>
  value(compareScans(world.reading, [from as never, to as never]))

/** Addresses by kind of difference, so that a test can say all of it at once. */
function told({ new: fresh, changed, gone, returned, notCovered }: ScanDiff) {
  const addresses = (entries: readonly { address: string }[]) => entries.map(({ address }) => address).sort()
  return {
    new: addresses(fresh),
    changed: addresses(changed),
    gone: addresses(gone),
    returned: addresses(returned),
    notCovered: addresses(notCovered),
  }
}
const nothing = { new: [], changed: [], gone: [], returned: [], notCovered: [] }

describe('two scans', () => {
  it('that saw the same do not differ, however much else the file holds', () => {
    const world = recorded()
    const seen = ['10.0.0.5', '10.0.1.5'].map(address => ollamaAt(address))
    const first = world.scan({ seen })
    const second = world.scan({ seen })
    expect(told(compare(world, first, second))).toEqual(nothing)
  })

  it('tell what is new, changed, gone and back, each once', () => {
    const world = recorded()
    const calm = ollamaAt('10.0.0.1')
    const before = world.scan({
      seen: [calm, ollamaAt('10.0.0.2'), ollamaAt('10.0.0.3'), ollamaAt('10.0.0.4')],
    })
    const first = world.scan({ seen: [calm, ollamaAt('10.0.0.2'), ollamaAt('10.0.0.3')] })
    const changed = ollamaAt('10.0.0.2', {
      version: '0.13.0',
      access: { api: 'auth-required', v1: 'auth-required' },
      models: [pulled('llama3:8b', '2026-11-01T08:00:00.123456789Z')],
    })
    const second = world.scan({
      seen: [calm, changed, ollamaAt('10.0.0.4'), ollamaAt('10.0.0.9')],
      absent: 'refused',
    })
    const diff = compare(world, first, second)
    expect(told(diff)).toEqual({
      new: ['10.0.0.9'],
      changed: ['10.0.0.2'],
      gone: ['10.0.0.3'],
      returned: ['10.0.0.4'],
      notCovered: [],
    })
    expect(diff.gone[0]?.presence).toBe('not-listening')
    expect(diff.changed[0]?.fields).toEqual(
      expect.arrayContaining([
        { name: 'version', from: '0.12.0', to: '0.13.0' },
        { name: 'access', from: 'open', to: 'auth-required' },
        { name: 'model:llama3:8b', from: null, to: pulled('llama3:8b', '').digest },
      ]),
    )
    // Given the other way round it is the same comparison, from the earlier to the later.
    expect(compare(world, second, first)).toEqual(diff)
    expect(told(compare(world, before, second)).returned).toEqual([])
  })

  it('say nothing about places one of them did not look at', () => {
    const world = recorded()
    const seen = [ollamaAt('10.0.0.1'), ollamaAt('10.0.1.1'), ollamaAt('10.0.2.1')]
    const half = world.scan({ seen, blocks: ['10.0.0.0/24'] })
    const whole = world.scan({ seen })
    expect(told(compare(world, half, whole))).toEqual({ ...nothing, notCovered: ['10.0.1.1', '10.0.2.1'] })
    expect(compare(world, half, whole).notCovered[0]).toMatchObject({ scans: [half], why: 'outside' })
    const excluded = world.scan({ seen: [seen[0] as never], exclusions: ['10.0.1.0/24'] })
    const diff = compare(world, whole, excluded)
    expect(told(diff)).toEqual({ ...nothing, gone: ['10.0.2.1'], notCovered: ['10.0.1.1'] })
    expect(diff.notCovered[0]).toMatchObject({ scans: [excluded], why: 'excluded' })
  })

  it('leave open what a stopped scan did not reach', () => {
    const world = recorded()
    const seen = [ollamaAt('10.0.0.1'), ollamaAt('10.0.3.1')]
    const whole = world.scan({ seen })
    const stopped = world.scan({ seen: [], networks: 2 })
    const diff = compare(world, whole, stopped)
    expect(told(diff)).toEqual({ ...nothing, gone: ['10.0.0.1'], notCovered: ['10.0.3.1'] })
    expect(diff.notCovered[0]).toMatchObject({ scans: [stopped], why: 'not-reached' })
  })

  it('do not call gone what could not be reached', () => {
    const world = recorded()
    const first = world.scan({ seen: [ollamaAt('10.0.0.1')] })
    const second = world.scan({ seen: [], absent: 'unreachable' })
    expect(told(compare(world, first, second))).toEqual({ ...nothing, notCovered: ['10.0.0.1'] })
  })

  it('keep other sites out of it, where addresses are the same', () => {
    const world = recorded('10.0.0.0/24', 'Lab')
    const other = recorded('10.0.0.0/24', 'Plant', world.store)
    const first = world.scan({ seen: [ollamaAt('10.0.0.1')] })
    other.now = world.now
    other.scan({ seen: [ollamaAt('10.0.0.1'), ollamaAt('10.0.0.2')] })
    world.now = other.now
    const second = world.scan({ seen: [ollamaAt('10.0.0.1')] })
    const diff = compare(world, first, second)
    expect(told(diff)).toEqual({ ...nothing, notCovered: ['10.0.0.1', '10.0.0.2'] })
    expect(new Set(diff.notCovered.map(({ site }) => site))).toEqual(new Set(['Plant']))
  })

  it('say the same of instances told together as of each looked at by itself', () => {
    const random = seededRandom(11)
    const chance = (share: number) => random() < share
    const world = recorded('10.0.0.0/23')
    const outcomes = ['silent', 'refused', 'unreachable'] as const
    const day = (n: number) => `2026-11-0${n}T08:00:00.123456789Z`
    // Lists of some, of none and unknown ones; a name may be said twice, with the same content or another.
    const listed = (): ListedModel[] | null => {
      if (chance(0.1)) return null
      const names = ['llama3:8b', 'qwen2:7b', 'bge:1b', 'a "quoted"\nname'].filter(() => chance(0.6))
      const models = names.flatMap(name => {
        const one = () =>
          pulled(name, day(1 + Math.floor(random() * 2)), chance(0.2) ? { content: 'other' } : {})
        return chance(0.2) ? [one(), one()] : [one()]
      })
      return chance(0.3) ? models.reverse() : models
    }
    const scans: number[] = []
    const compareEach = () =>
      scans.flatMap((from, index) => scans.slice(index + 1).map(to => compare(world, from, to)))
    for (let round = 0; round < 12; round++) {
      const limits = chance(0.3) ? { blocks: ['10.0.0.0/24'] } : chance(0.3) ? { networks: 1 } : null
      const seen = Array.from({ length: 40 }, (_, n) => `10.0.${n % 2}.${n + 1}`)
        .filter(address => chance(0.6) && (limits === null || address.startsWith('10.0.0.')))
        .map(address => ollamaAt(address, { version: chance(0.2) ? '0.13.0' : '0.12.0', models: listed() }))
      const absent = outcomes[Math.floor(random() * 3)] ?? 'silent'
      scans.push(world.scan({ seen, absent, ...limits }))
      // What is kept from one comparison to the next grows with the scans in between.
      compareEach()
    }
    const together = compareEach()
    for (const part of ['new', 'changed', 'gone', 'returned', 'notCovered'] as const)
      expect(
        together.some(diff => diff[part].length > 0),
        part,
      ).toBe(true)
    const fields = together.flatMap(({ changed }) => changed.flatMap(each => each.fields))
    for (const name of ['models', 'version', 'model:qwen2:7b', 'model:qwen2:7b.pulledAt'])
      expect(
        fields.some(field => field.name === name),
        name,
      ).toBe(true)
    const { connection } = world.store
    // Purged spells are no longer told of, and those that take their place in number are.
    connection.exec(
      `DELETE FROM spell_records WHERE id % 5 = 0 AND id NOT IN (SELECT spell_id FROM last_looks)`,
    )
    const purged = compareEach()
    expect(purged).not.toEqual(together)
    // A link that never stood makes each an instance of several: these are looked at one by one.
    connection.exec(
      `INSERT INTO instance_endpoints (instance_id, endpoint_id, linked_at, unlinked_at, reason)
        SELECT instance_id, endpoint_id, 1, 2, 'first-seen' FROM instance_endpoints`,
    )
    expect(compareEach()).toEqual(purged)
  })

  it('cost by what changed in them, not by how much is known', () => {
    const leastMs = (known: number) => {
      const world = recorded('10.0.0.0/16')
      const seen = Array.from({ length: known }, (_, n) => ollamaAt(`10.0.${n >> 8}.${n & 255}`))
      const first = world.scan({ seen })
      const second = world.scan({ seen: [...seen.slice(1), ollamaAt('10.0.200.1')] })
      const times = Array.from({ length: 20 }, () => {
        const started = performance.now()
        compare(world, first, second)
        return performance.now() - started
      })
      return Math.min(...times)
    }
    const [few, many] = [leastMs(50), leastMs(2000)]
    // Forty times as much is known; the same two things changed.
    expect(many).toBeLessThan(few * 8)
  })
})

describe('a timeline', () => {
  it('tells versions, models, exposure and presence, newest first, with their clocks', () => {
    const world = recorded()
    const model = pulled('llama3:8b', '2026-11-01T08:00:00.123456789Z')
    const repulled = pulled('llama3:8b', '2026-11-03T08:00:00.5Z', { content: 'another build' })
    const first = world.scan({ seen: [ollamaAt('10.0.0.1', { models: [model] })] })
    const at = world.now
    world.scan({ seen: [ollamaAt('10.0.0.1', { models: [model] })] })
    world.scan({ seen: [ollamaAt('10.0.0.1', { models: [repulled], version: '0.13.0' })] })
    world.scan({ seen: [] })
    const silentAt = world.now
    world.scan({ seen: [], blocks: ['10.0.1.0/24'] })
    const timeline = value(showTimeline(world.reading, '10.0.0.1:11434'))
    expect(timeline.events.map(({ kind, scan }) => [kind, scan])).toEqual([
      ['presence', first + 3],
      ['changed', first + 2],
      ['first-seen', first],
    ])
    expect(timeline.events[0]?.fields).toEqual([{ name: 'presence', from: 'present', to: 'gone' }])
    expect(timeline.events[1]?.fields.map(({ name }) => name)).toEqual(['version', 'model:llama3:8b'])
    expect(timeline.events[2]?.at).toBe(new Date(at).toISOString())
    expect(timeline.clocks).toEqual([
      {
        endpoint: 'http://10.0.0.1:11434',
        presence: 'gone',
        since: new Date(silentAt).toISOString(),
        confirmedAt: new Date(silentAt).toISOString(),
        answeredAt: new Date(silentAt - 3_600_000).toISOString(),
      },
    ])
  })

  it('of something unknown is refused', () => {
    expect(showTimeline(recorded().reading, '77')).toMatchObject({ failure: { code: 'instance-unknown' } })
  })
})
