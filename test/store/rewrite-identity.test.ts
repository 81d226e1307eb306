import { describe, expect, it } from 'vitest'
import {
  annotationsOf,
  disposeInstance,
  listProposals,
  noteInstance,
  showAnnotations,
  tagInstance,
} from '#main/services/annotations.ts'
import { persistenceOf } from '#main/services/persistence.ts'
import {
  answerProposal,
  mergeInstances,
  reopenProposal,
  splitInstance,
  undoIdentity,
} from '#main/services/rewrite-identity.ts'
import { showTimeline } from '#main/services/timeline.ts'
import { listDecisions } from '#main/store/audit.ts'
import { instanceById } from '#main/store/instances.ts'
import { ollamaAt, pulled, type Recorded, recorded, rowsOf } from '../support/recorded.ts'

const at = (nanos: string) => `2026-11-01T08:00:00.${nanos}Z`
const [a1, a2] = [pulled('llama3:8b', at('111')), pulled('qwen3:8b', at('112'))] as const
const [b1, b2] = [pulled('llama3:8b', at('211')), pulled('qwen3:8b', at('212'))] as const
const showing = (address: string, ...models: (typeof a1)[]) => ollamaAt(address, { models })
const by = (world: Recorded) => ({ store: world.store, now: world.now + 1, actor: 'Ada' }) as never
const rows = (world: Recorded) =>
  rowsOf(world).map(({ id, address, presence }) => `${id} ${address} ${presence}`)
const kinds = (world: Recorded) => listDecisions(world.store, {}).map(({ kind }) => kind)
const links = (world: Recorded) =>
  world.store.connection
    .prepare('SELECT instance_id, endpoint_id, linked_at, unlinked_at FROM instance_endpoints ORDER BY id')
    .all()

describe('merge, split, undo by hand', () => {
  it('makes two instances one, past and all, and two again', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1), showing('10.0.0.2', b1)] })
    world.scan({ seen: [showing('10.0.0.2', b1)] })
    const before = { rows: rows(world), links: links(world) }
    expect(mergeInstances(by(world), { keep: '1', other: '10.0.0.2:11434' })).toMatchObject({ ok: true })
    expect(rows(world)).toEqual(['1 10.0.0.2 present'])
    // An old id still leads there.
    expect(showAnnotations(world.reading, '2')).toMatchObject({ value: { instance: 1 } })
    const timeline = showTimeline(world.reading, '1')
    expect(timeline.ok && timeline.value.events.filter(({ kind }) => kind === 'first-seen')).toHaveLength(2)
    world.scan({ seen: [showing('10.0.0.1', a1), showing('10.0.0.2', b1)] })
    // What a person said stands, whatever their models say.
    expect(rows(world)).toHaveLength(1)
    expect(persistenceOf(world.store, 1)).toMatchObject({ answered: 3, covering: 3 })
    expect(undoIdentity(by(world), '1')).toMatchObject({ ok: true })
    expect(rows(world)).toEqual(['1 10.0.0.1 present', '2 10.0.0.2 present'])
    expect(links(world)).toEqual(before.links)
    expect(undoIdentity(by(world), '1')).toMatchObject({ failure: { code: 'nothing-to-undo' } })
    expect(kinds(world)).toEqual(['instance.merged', 'instance.undone'])
  })

  it('splits one way in off, and takes that back', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1), showing('10.0.0.2', b1)] })
    mergeInstances(by(world), { keep: '1', other: '2' })
    expect(splitInstance(by(world), { instance: '1', endpoint: '10.0.0.9:11434' })).toMatchObject({
      failure: { code: 'endpoint-unknown' },
    })
    expect(splitInstance(by(world), { instance: '1', endpoint: '10.0.0.2:11434' })).toMatchObject({
      ok: true,
    })
    expect(rows(world)).toEqual(['1 10.0.0.1 present', '3 10.0.0.2 present'])
    expect(splitInstance(by(world), { instance: '1', endpoint: '10.0.0.1:11434' })).toMatchObject({
      failure: { code: 'split-last' },
    })
    expect(undoIdentity(by(world), '3')).toMatchObject({ ok: true })
    expect(rows(world)).toEqual(['1 10.0.0.1 present'])
    world.scan({ seen: [showing('10.0.0.1', a1), showing('10.0.0.2', b1)] })
    expect(rows(world)).toEqual(['1 10.0.0.1 present'])
  })

  it('takes an automatic move back, which is not followed again', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1, a2)] })
    world.scan({ seen: [showing('10.0.0.9', a1, a2)] })
    expect(rows(world)).toEqual(['1 10.0.0.9 present'])
    expect(undoIdentity(by(world), '1')).toMatchObject({ ok: true })
    expect(rows(world)).toEqual(['1 10.0.0.1 gone', '2 10.0.0.9 present'])
    world.scan({ seen: [ollamaAt('10.0.0.9', { models: [a1, a2], version: '0.30.0' })] })
    expect(rows(world)).toEqual(['1 10.0.0.1 gone', '2 10.0.0.9 present'])
    expect(listProposals(world.reading)).toEqual([])
  })

  it('refuses what makes no sense', () => {
    const world = recorded('10.0.0.0/24', 'Lab')
    const other = recorded('10.0.1.0/24', 'Plant', world.store)
    world.scan({ seen: [showing('10.0.0.1', a1)] })
    other.now = world.now
    other.scan({ seen: [showing('10.0.1.1', b1)] })
    const merging = (keep: string, second: string) => mergeInstances(by(world), { keep, other: second })
    expect(merging('1', '1')).toMatchObject({ failure: { code: 'merge-same' } })
    expect(merging('1', '2')).toMatchObject({ failure: { code: 'merge-sites' } })
    expect(merging('1', '99')).toMatchObject({ failure: { code: 'instance-unknown' } })
  })
})

describe('a question answered', () => {
  const answer = (world: Recorded, accept: boolean, kind: string) => {
    const proposal = listProposals(world.reading).find(each => each.kind === kind)?.id ?? 0
    return answerProposal(by(world), { proposal, accept })
  }

  it('with yes: one that moved with one model is the same', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1)] })
    world.scan({ seen: [showing('10.0.0.9', a1)] })
    expect(answer(world, true, 'moved')).toMatchObject({ value: { instance: 1, proposals: [] } })
    expect(rows(world)).toEqual(['1 10.0.0.9 present'])
  })

  it('with no: it is not asked again', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1, a2), showing('10.0.0.2', a1, a2)] })
    expect(answer(world, false, 'clones')).toMatchObject({ ok: true })
    world.scan({
      seen: ['10.0.0.1', '10.0.0.2'].map(each => ollamaAt(each, { models: [a1, a2], version: '0.30.0' })),
    })
    expect(listProposals(world.reading)).toEqual([])
    expect(answer(world, true, 'clones')).toMatchObject({ failure: { code: 'proposal-unknown' } })
  })

  it('with no, and the no is taken back: the question stands again, and can be answered with yes', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1, a2), showing('10.0.0.2', a1, a2)] })
    const [asked] = listProposals(world.reading)
    const proposal = asked?.id ?? 0
    expect(reopenProposal(by(world), { proposal })).toMatchObject({ failure: { code: 'proposal-unknown' } })
    expect(answer(world, false, 'clones')).toMatchObject({ ok: true })
    expect(listProposals(world.reading, { isDismissed: true })).toEqual([asked])
    expect(reopenProposal(by(world), { proposal })).toMatchObject({ ok: true })
    expect(listProposals(world.reading, { isDismissed: true })).toEqual([])
    expect(listProposals(world.reading)).toEqual([asked])
    world.scan({ seen: [showing('10.0.0.1', a1, a2), showing('10.0.0.2', a1, a2)] })
    expect(listProposals(world.reading)).toHaveLength(1)
    expect(answer(world, true, 'clones')).toMatchObject({ ok: true })
    expect(rows(world)).toHaveLength(1)
  })

  it('with yes: another server has taken the place, and the one before is gone', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1, a2)] })
    world.scan({ seen: [showing('10.0.0.1', b1, b2)] })
    expect(answer(world, true, 'replaced')).toMatchObject({ value: { instance: 2 } })
    expect(rows(world).sort()).toEqual(['1 10.0.0.1 gone', '2 10.0.0.1 present'])
    world.scan({ seen: [showing('10.0.0.1', b1, b2), showing('10.0.0.4', a1, a2)] })
    expect(rows(world).sort()).toEqual(['1 10.0.0.4 present', '2 10.0.0.1 present'])
  })

  it('with no: the same server has got other models, and is known by them', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1, a2)] })
    world.scan({ seen: [showing('10.0.0.1', b1, b2)] })
    expect(answer(world, false, 'replaced')).toMatchObject({ ok: true })
    world.scan({ seen: [showing('10.0.0.7', b1, b2)] })
    expect(rows(world)).toEqual(['1 10.0.0.7 present'])
  })

  it('with yes, twice: two servers have changed places', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1, a2), showing('10.0.0.2', b1, b2)] })
    world.scan({ seen: [showing('10.0.0.1', b1, b2), showing('10.0.0.2', a1, a2)] })
    expect(answer(world, true, 'moved')).toMatchObject({ ok: true })
    world.scan({ seen: [showing('10.0.0.1', b1, b2), showing('10.0.0.2', a1, a2)] })
    expect(rows(world)).toEqual(['2 10.0.0.1 present', '1 10.0.0.2 present'])
    expect(listProposals(world.reading)).toEqual([])
  })
})

describe('what people say of an instance', () => {
  it('is kept, replaced, taken away, and on record', () => {
    const world = recorded()
    world.scan({ seen: [showing('10.0.0.1', a1)] })
    tagInstance(by(world), { instance: '1', add: ['GPU', 'Lab 3'], remove: [] })
    tagInstance(by(world), { instance: '10.0.0.1:11434', add: ['gpu'], remove: ['lab 3'] })
    noteInstance(by(world), { instance: '1', text: 'under the desk' })
    disposeInstance(by(world), { instance: '1', disposition: 'not-ours' })
    const record = instanceById(world.store, { id: 1 })
    if (record === undefined) throw new Error('no instance')
    expect(annotationsOf(world.store, record)).toMatchObject({
      tags: ['GPU'],
      note: { text: 'under the desk', by: 'Ada' },
      disposition: { value: 'not-ours', by: 'Ada' },
    })
    noteInstance(by(world), { instance: '1', text: '' })
    disposeInstance(by(world), { instance: '1', disposition: null })
    expect(annotationsOf(world.store, record)).toMatchObject({ note: null, disposition: null })
    expect(kinds(world)).toEqual([
      'instance.tagged',
      'instance.tagged',
      'instance.noted',
      'instance.disposed',
      'instance.noted',
      'instance.disposed',
    ])
    const timeline = showTimeline(world.reading, '1')
    const said = timeline.ok ? timeline.value.events.filter(({ kind }) => kind === 'decision').reverse() : []
    expect(said.map(({ reason, actor }) => [reason, actor])).toEqual(kinds(world).map(kind => [kind, 'Ada']))
    expect(said[0]?.fields).toEqual([{ name: 'add', from: null, to: 'GPU, Lab 3' }])
    expect(noteInstance(by(world), { instance: '9', text: 'x' })).toMatchObject({
      failure: { code: 'instance-unknown' },
    })
  })
})
