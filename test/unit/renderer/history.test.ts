import { describe, expect, it } from 'vitest'
import type { FieldChange, ScanDiff, TimelineEvent } from '#shared/domain/history.ts'
import type { FindingId, InstanceId, ScanId } from '#shared/ids.ts'
import {
  expandChange,
  fieldLabel,
  fieldValue,
  modelSentence,
} from '../../../src/renderer/components/field-words.ts'
import { isPicked, nonePicked, withPick } from '../../../src/renderer/components/grid-picks.tsx'
import { createWords } from '../../../src/renderer/i18n/i18n.ts'
import {
  countGroups,
  gathered,
  groupsOf,
  narrowed,
} from '../../../src/renderer/screens/inventory/timeline-groups.ts'
import { columnsShown, layoutOf } from '../../../src/renderer/screens/inventory/use-inventory-layout.ts'
import { chosenOf } from '../../../src/renderer/screens/inventory/use-picks.ts'
import { comparedRows } from '../../../src/renderer/screens/scans/compare-rows.ts'

const { t } = createWords('en', key => expect.unreachable(key))

const name = (instance: number, address: string) => ({
  instance: instance as InstanceId,
  site: 'Plant 7',
  address,
  port: 11434,
  product: 'ollama' as const,
  suspected: null,
})
const version: FieldChange = { name: 'version', from: '0.12.6', to: '0.24.0' }
const came: FieldChange = { name: 'model:qwen3:8b', from: null, to: 'a'.repeat(64) }

describe('two scans side by side', () => {
  const diff: ScanDiff = {
    from: { id: 1 as ScanId, startedAt: '2026-11-01T00:00:00.000Z', finishedAt: null, status: 'finished' },
    to: { id: 2 as ScanId, startedAt: '2026-11-02T00:00:00.000Z', finishedAt: null, status: 'finished' },
    new: [name(2, '10.0.0.12'), name(3, '10.0.0.9')],
    changed: [{ ...name(5, '10.0.0.5'), fields: [version, came] }],
    gone: [{ ...name(6, '10.0.0.6'), presence: 'not-listening' }],
    returned: [{ ...name(7, '10.0.0.7'), fields: [] }],
    notCovered: [{ ...name(8, '10.0.0.8'), scans: [2 as ScanId], why: 'excluded' }],
  }

  it('are told by address as people count, not as text sorts', () => {
    expect(comparedRows(diff, 'new').map(row => row.name.address)).toEqual(['10.0.0.9', '10.0.0.12'])
  })

  it('have a line for each fact that differs, and the instance once', () => {
    const rows = comparedRows(diff, 'changed')
    expect(rows.map(row => [row.isFirst, row.change?.name])).toEqual([
      [true, 'version'],
      [false, 'model:qwen3:8b'],
    ])
    expect(new Set(rows.map(row => row.key)).size).toBe(2)
  })

  it('keep who came back as it was, and why something was not compared', () => {
    expect(comparedRows(diff, 'returned')).toMatchObject([{ change: null }])
    expect(comparedRows(diff, 'gone')).toMatchObject([{ presence: 'not-listening' }])
    expect(comparedRows(diff, 'notCovered')).toMatchObject([{ missed: { why: 'excluded', scans: [2] } }])
  })
})

describe('a fact', () => {
  it.each([
    ['version', 'Version'],
    ['access.api', 'Access to /api'],
    ['model:llama3.2:3b', 'Model llama3.2:3b'],
    ['model:llama3.2:3b.pulledAt', 'Model llama3.2:3b · downloaded'],
    ['owner.technical', 'Owner (technical)'],
    ['something-new', 'something-new'],
  ])('called %s is told as %s', (field, words) => {
    expect(fieldLabel(field, t)).toBe(words)
  })

  it.each([
    ['version', null, 'unknown'],
    ['access', 'auth-required', 'login required'],
    ['model:a:1', null, 'not there'],
    ['model:a:1', `${'b'.repeat(64)}`, 'bbbbbbbbbbbb'],
    ['cloudDisabled', true, 'yes'],
    ['ownership.risk', 'disputed', 'disputed'],
    ['owner.technical', null, 'nobody'],
    ['disposition', 'not-ours', 'not ours'],
    ['status', 'in-remediation', 'in remediation'],
  ])('%s of %s reads %s', (field, value, words) => {
    expect(fieldValue(field, value, t, 'en')).toBe(words)
  })

  it('that has parts is told by those that differ', () => {
    const change = { name: 'protection', from: '{"a":1,"b":{"c":2}}', to: '{"a":1,"b":{"c":3}}' }
    expect(expandChange(change)).toEqual([{ name: 'protection.b', from: '{"c":2}', to: '{"c":3}' }])
    expect(expandChange(version)).toEqual([version])
  })

  it('about a model says that it came, went, or is another', () => {
    expect(modelSentence(came, t)).toBe('Model qwen3:8b came')
    expect(modelSentence({ ...came, from: came.to, to: null }, t)).toBe('Model qwen3:8b is gone')
    expect(modelSentence({ ...came, from: 'c'.repeat(64) }, t)).toMatch(/other content: c{12} → a{12}$/)
    expect(modelSentence(version, t)).toBeNull()
  })
})

describe('a timeline', () => {
  const event = (kind: TimelineEvent['kind'], more: Partial<TimelineEvent> = {}): TimelineEvent => ({
    at: '2026-11-02T00:00:00.000Z',
    kind,
    scan: null,
    endpoint: null,
    fields: [],
    reason: null,
    actor: null,
    finding: null,
    ...more,
  })
  const changed = event('changed', {
    fields: [version, came, { name: 'cors', from: 'any', to: 'restricted' }],
  })
  const opened = (id: number, rule: string) =>
    event('finding', {
      fields: [{ name: 'status', from: null, to: 'open' }],
      reason: 'broken',
      finding: { id: id as FindingId, rule, subject: `advisory ${id}`, severity: 'high' },
    })

  it('is narrowed to what somebody looks for, down to the facts', () => {
    expect(groupsOf(changed)).toEqual(['version', 'models', 'exposure'])
    const events = [changed, event('moved'), event('ownership')]
    expect(narrowed(events, [])).toBe(events)
    expect(narrowed(events, ['models'])).toEqual([{ ...changed, fields: [came] }])
    expect(narrowed(events, ['place', 'ownership'])).toEqual([event('moved'), event('ownership')])
    expect(countGroups(events).get('exposure')).toBe(1)
  })

  it('tells findings of one rule that moved together as one', () => {
    const lines = gathered([opened(1, 'version-affected'), opened(2, 'version-affected'), opened(3, 'open')])
    expect(lines.map(line => line.subjects)).toEqual([['advisory 1', 'advisory 2'], ['advisory 3']])
  })
})

describe('what is chosen', () => {
  it('is some rows, or all but some', () => {
    const some = withPick(withPick(nonePicked, '1', true), '2', true)
    expect(isPicked(some, '2')).toBe(true)
    expect(isPicked(withPick(some, '2', false), '2')).toBe(false)
    const all = { all: true, keys: new Set<string>() }
    expect(isPicked(all, '9')).toBe(true)
    expect(isPicked(withPick(all, '9', false), '9')).toBe(false)
    expect(withPick(withPick(all, '9', false), '9', true)).toEqual(all)
  })

  it('goes to a command as rows, or as the query with what it found', () => {
    const selection = { query: 'tools:yes', version: 3, count: 9, digest: 'd'.repeat(64), except: [] }
    expect(chosenOf({ picked: { all: false, keys: new Set(['4']) }, selection: null })).toEqual({
      instances: ['4'],
    })
    expect(chosenOf({ picked: { all: true, keys: new Set(['4']) }, selection })).toEqual({
      instances: [],
      selection: { ...selection, except: [4] },
    })
  })
})

describe('the columns of a saved view', () => {
  const ids = ['risk', 'address', 'site', 'tags']
  it('are those it names, in its order', () => {
    const layout = layoutOf({ columns: ['tags', 'risk'] }, ids)
    expect(layout.order).toEqual(['tags', 'risk'])
    expect(
      columnsShown(
        layout,
        ['tags', 'risk', 'address', 'site'].map(id => ({ id })),
      ),
    ).toEqual(['tags', 'risk'])
  })
  it('are whichever there are, where it names none', () => {
    expect(layoutOf({ columns: null }, ids)).toEqual({ order: [], widths: {}, hidden: {} })
  })
})
