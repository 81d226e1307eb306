import { describe, expect, it } from 'vitest'
import { openProposals } from '#main/store/identity.ts'
import { hour, ollamaAt, pulled, type Recorded, recorded, rowsOf } from '../support/recorded.ts'

const at = (nanos: string) => `2026-11-01T08:00:00.${nanos}Z`
const [a1, a2, a3] = [
  pulled('llama3:8b', at('111')),
  pulled('qwen3:8b', at('112')),
  pulled('phi4:14b', at('113')),
] as const
const [b1, b2] = [pulled('llama3:8b', at('211')), pulled('qwen3:8b', at('212'))] as const

/** `address: id` of every instance that is reached somewhere now, in order. */
const who = (world: Recorded) =>
  rowsOf(world)
    .filter(({ presence }) => presence === 'present')
    .map(({ address, id }) => `${address}: ${id}`)
const count = (world: Recorded) => rowsOf(world).length
const asked = (world: Recorded) =>
  openProposals(world.store, {}).map(({ kind, reason, members }) => [kind, reason, JSON.parse(members)])
const showing = (address: string, ...models: (typeof a1)[]) => ollamaAt(address, { models })

describe('an instance follows its models', () => {
  it('to another address, if the old one is silent', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1, a2)] })
    world.scan({ seen: [showing('10.0.0.9', a1, a2)] })
    expect(who(world)).toEqual(['10.0.0.9: 1'])
    expect([count(world), asked(world)]).toEqual([1, []])
  })

  it('with an upgrade and a model pulled anew on the way', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1, a2, a3)] })
    const repulled = { ...a3, modifiedAt: '2026-11-02T09:00:00.7Z' }
    world.scan({ seen: [ollamaAt('10.0.0.9', { models: [a1, a2, repulled], version: '0.30.0' })] })
    expect(who(world)).toEqual(['10.0.0.9: 1'])
  })

  it('after days of silence, and to where another one was', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1, a2), showing('10.0.0.2', b1, b2)] })
    world.scan({ seen: [showing('10.0.0.2', b1, b2)] })
    world.scan({ seen: [] })
    // The first takes the address of the second, which comes back at a new one.
    world.scan({ seen: [showing('10.0.0.2', a1, a2), showing('10.0.0.7', b1, b2)] })
    expect(who(world)).toEqual(['10.0.0.2: 1', '10.0.0.7: 2'])
    expect(asked(world)).toEqual([])
  })

  it('along a chain, each to the place the next one left', () => {
    const world = recorded()
    const c = [pulled('llama3:8b', at('311')), pulled('qwen3:8b', at('312'))]
    world.scan({
      seen: [showing('10.0.0.1', a1, a2), showing('10.0.0.2', b1, b2), showing('10.0.0.3', ...c)],
    })
    world.scan({
      seen: [showing('10.0.0.2', a1, a2), showing('10.0.0.3', b1, b2), showing('10.0.0.4', ...c)],
    })
    expect(who(world)).toEqual(['10.0.0.2: 1', '10.0.0.3: 2', '10.0.0.4: 3'])
  })

  it('and one whose place was taken is gone, with what it showed last, until it is found again', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1, a2), showing('10.0.0.2', b1, b2)] })
    const seenAt = world.now
    world.scan({ seen: [showing('10.0.0.1', b1, b2)] })
    expect(who(world)).toEqual(['10.0.0.1: 2'])
    const gone = rowsOf(world).find(({ id }) => id === 1)
    expect(gone).toMatchObject({ presence: 'gone', lastSeenAt: new Date(seenAt).toISOString() })
    expect(gone?.models?.map(({ digest }) => digest)).toEqual([a1.digest, a2.digest])
    world.scan({ seen: [showing('10.0.0.1', b1, b2), showing('10.0.0.5', a1, a2)] })
    expect(who(world)).toEqual(['10.0.0.1: 2', '10.0.0.5: 1'])
  })

  it('also where a scan that was interrupted had found it', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1, a2)] })
    world.scan({ seen: [showing('10.0.0.9', a1, a2)], crashes: true })
    expect(count(world)).toBe(2)
    world.scan({ seen: [showing('10.0.0.9', a1, a2)] })
    expect(who(world)).toEqual(['10.0.0.9: 1'])
  })
})

describe('an instance is not followed, but asked about', () => {
  it.each([
    ['with one model in common', [a1], [a1], undefined, ['moved', 'few-models', [2, 1]]],
    [
      'with models of round dates',
      [pulled('x:1', at('000')), pulled('y:1', at('000'))],
      [pulled('x:1', at('000')), pulled('y:1', at('000'))],
      undefined,
      null,
    ],
    ['without models', [], [], undefined, null],
    [
      'while nobody looked at the old place',
      [a1, a2],
      [a1, a2],
      ['10.0.1.0/24'],
      ['moved', 'old-place-not-covered', [2, 1]],
    ],
  ] as const)('%s', (_, before, after, blocks, question) => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', ...before)] })
    world.scan({ seen: [showing('10.0.1.9', ...after)], ...(blocks && { blocks }) })
    expect(who(world)).toContain('10.0.1.9: 2')
    expect(asked(world)).toEqual(question === null ? [] : [question])
  })

  it('until the old place is looked at: then it is followed', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1, a2)] })
    world.scan({ seen: [showing('10.0.1.9', a1, a2)], blocks: ['10.0.1.0/24'] })
    expect(count(world)).toBe(2)
    world.scan({ seen: [showing('10.0.1.9', a1, a2)] })
    expect(who(world)).toEqual(['10.0.1.9: 1'])
    expect([count(world), asked(world)]).toEqual([1, []])
  })

  it('if two show the same at one time: copies, or one server twice', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1, a2), showing('10.0.0.2', a1, a2)] })
    expect(asked(world)).toEqual([['clones', 'at-once', [1, 2]]])
    world.scan({ seen: ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map(address => showing(address, a1, a2)) })
    expect(asked(world)).toEqual([['clones', 'at-once', [1, 2, 3]]])
    // One of them is silent, and a fourth appears: who knows which.
    world.scan({ seen: ['10.0.0.2', '10.0.0.3', '10.0.0.4'].map(address => showing(address, a1, a2)) })
    expect(who(world)).toEqual(['10.0.0.2: 2', '10.0.0.3: 3', '10.0.0.4: 4'])
    expect(asked(world).map(([kind]) => kind)).toContain('clones')
  })

  it('if two places show its models', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1, a2)] })
    world.scan({ seen: [showing('10.0.0.8', a1, a2), showing('10.0.0.9', a1, a2)] })
    expect(who(world)).toEqual(['10.0.0.8: 2', '10.0.0.9: 3'])
    expect(asked(world)).toEqual(
      expect.arrayContaining([
        ['moved', 'several-places', [2, 1]],
        ['moved', 'several-places', [3, 1]],
      ]),
    )
  })

  it('if one place shows the models of two', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1, a2), showing('10.0.0.2', b1, b2)] })
    world.scan({ seen: [showing('10.0.0.9', a1, a2, b1, b2)] })
    expect(who(world)).toEqual(['10.0.0.9: 3'])
    expect(asked(world)).toEqual([
      ['moved', 'several-origins', [3, 1]],
      ['moved', 'several-origins', [3, 2]],
    ])
  })

  it('if two have changed places: the folder or the address, nobody can tell', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1, a2), showing('10.0.0.2', b1, b2)] })
    world.scan({ seen: [showing('10.0.0.2', a1, a2), showing('10.0.0.1', b1, b2)] })
    expect(who(world)).toEqual(['10.0.0.1: 1', '10.0.0.2: 2'])
    expect(
      asked(world)
        .map(([kind, reason, members]) => [kind, reason, members])
        .sort(),
    ).toEqual([
      ['moved', 'old-place-answers', [1, 2]],
      ['moved', 'old-place-answers', [2, 1]],
      ['replaced', 'nothing-in-common', [1]],
      ['replaced', 'nothing-in-common', [2]],
    ])
    world.scan({ seen: [showing('10.0.0.1', a1, a2), showing('10.0.0.2', b1, b2)] })
    expect(asked(world)).toEqual([])
  })

  it('if at its place everything is another’s, unless that was pulled since', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1, a2), showing('10.0.0.2', b1, b2)] })
    const foreign = [pulled('mistral:7b', at('911')), pulled('gemma3:4b', at('912'))]
    const pulledNow = (model: typeof a1) => ({
      ...model,
      modifiedAt: new Date(world.now + hour / 2).toISOString(),
    })
    world.scan({ seen: [showing('10.0.0.1', ...foreign), showing('10.0.0.2', pulledNow(b1), pulledNow(b2))] })
    expect(who(world)).toEqual(['10.0.0.1: 1', '10.0.0.2: 2'])
    expect(asked(world)).toEqual([['replaced', 'nothing-in-common', [1]]])
  })

  it('across sites, where the same image may well be two servers', () => {
    const world = recorded('10.0.0.0/24', 'Lab')
    const other = recorded('10.0.1.0/24', 'Plant', world.store)
    world.scan({ seen: [showing('10.0.0.1', a1, a2)] })
    world.scan({ seen: [] })
    other.now = world.now
    other.scan({ seen: [showing('10.0.1.1', a1, a2)] })
    expect(who(world)).toEqual(['10.0.1.1: 2'])
    expect(asked(world)).toEqual([])
  })
})
