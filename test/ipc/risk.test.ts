import { describe, expect, it } from 'vitest'
import { heatmapKinds } from '#shared/domain/heatmap.ts'
import { must, startBackend, type TestBackend } from '../support/backend.ts'
import { runCommand } from '../support/command-line.ts'
import { startHosts } from '../support/ollama-hosts.ts'

const base = '127.78.0.0/28'

async function scanned(): Promise<TestBackend> {
  const backend = await startBackend()
  await must(
    backend.call('range.add', {
      block: base,
      site: 'Lab',
      authorisedBy: 'Ada',
      reference: 'T-1',
      zone: 'client',
    }),
  )
  const running = await startHosts(base, [
    { at: 1, version: '0.9.6', models: ['llama3.2:3b'] },
    { at: 2, version: '0.32.15', models: [] },
    { at: 3, version: '0.12.6', models: ['gemma2:9b'] },
  ])
  try {
    await backend.scan({ rate: 5000 })
  } finally {
    await running.stop()
  }
  return backend
}

const count = async (backend: TestBackend, query: string) =>
  (await must(backend.call('inventory.page', { query, limit: 0 }))).total

describe('risk', () => {
  it('has parts that add up, a level, and words to ask for it', async () => {
    const backend = await scanned()
    const risks = await must(backend.call('risk.list', {}))
    expect(risks).toHaveLength(3)
    for (const { score, factors } of risks) {
      expect(factors.reduce((sum, { points }) => sum + points, 0)).toBe(score)
    }
    const [worst] = risks.toSorted((a, b) => b.score - a.score)
    expect(worst).toMatchObject({ level: 'critical' })
    expect(worst?.factors).toContainEqual(expect.objectContaining({ name: 'tools', value: 'yes' }))
    expect(await count(backend, `score>=${worst?.score}`)).toBe(1)
    expect(await count(backend, 'level:critical')).toBe(1)
    expect(await count(backend, 'risk:critical')).toBe(1)
    expect(await count(backend, 'factor:tools-yes')).toBe(1)
    expect(await count(backend, 'factor:presence-present -score:unknown')).toBe(3)
    const page = await must(backend.call('inventory.page', { sort: [{ column: 'score', descending: true }] }))
    expect(page.rows.map(row => row.score)).toEqual(risks.map(({ score }) => score).toSorted((a, b) => b - a))
    expect(page.rows[0]?.severity).toBe('critical')
  })

  it('shows maps of which every cell finds exactly its rows', async () => {
    const backend = await scanned()
    for (const kind of heatmapKinds) {
      const { rows, columns, cells } = await must(backend.call('risk.heatmap', { kind }))
      expect(
        cells.reduce((sum, { value }) => sum + value, 0),
        kind,
      ).toBe(3)
      for (const cell of cells) {
        expect([rows.includes(cell.row), columns.includes(cell.column)], kind).toEqual([true, true])
        expect(await count(backend, cell.query), `${kind} ${cell.query}`).toBe(cell.value)
      }
    }
    const map = await must(backend.call('risk.map', {}))
    expect(map).toMatchObject({ networks: 1, coveredNetworks: 1, networksPerCell: 1 / 256, cellCount: 256 })
    expect(map.cells).toMatchObject({ at: [1, 2, 3], count: [1, 1, 1], unowned: [1, 1, 1] })
    for (const at of map.cells.at) {
      const cell = await must(backend.call('risk.map-cell', { at }))
      expect(cell.block).toBe(`127.78.0.${at}`)
      expect(await count(backend, cell.query)).toBe(cell.count)
    }
  })

  it('keeps an overview of which every figure of instances finds exactly its rows', async () => {
    const backend = await scanned()
    const { figures, actions, changes, levels } = await must(backend.call('risk.overview', {}))
    const byName = Object.fromEntries(figures.map(figure => [figure.name, figure]))
    expect(byName).toMatchObject({
      present: { value: 3 },
      unowned: { value: 3, of: 3 },
      openTools: { value: 1, of: 3 },
      coverage: { value: 1, of: 1 },
      newSinceLastScan: { value: 3 },
    })
    for (const { name, query, value } of figures) {
      if (query !== null) expect(await count(backend, query), name).toBe(value)
    }
    expect(byName['present']?.trend.map(({ value }) => value)).toEqual([3])
    const findings = await must(backend.call('finding.list', {}))
    expect(byName['criticalFindings']?.value).toBe(
      findings.filter(({ severity, status }) => severity === 'critical' && status === 'open').length,
    )
    expect(Object.values(levels).reduce((sum, value) => sum + value, 0)).toBe(3)
    expect(actions.map(({ kind }) => kind)).toContain('guard')
    for (const action of actions) expect(await count(backend, action.query)).toBe(action.instances)
    expect(byName['persistentCore']).toMatchObject({
      of: 3,
      trend: [{ value: byName['persistentCore']?.value }],
    })
    expect(changes.map(({ kind }) => kind)).toContain('instance-new')
    const opened = changes.filter(({ kind }) => kind === 'finding-opened')
    const rules = await must(backend.call('policy.list', {}))
    expect(opened.length).toBeGreaterThan(0)
    for (const { rule, subject } of opened) {
      expect(rules.map(({ key }) => key)).toContain(rule)
      expect(subject).toMatch(/^127\.78\.0\.\d:\d+$/)
    }
    const tools = await must(backend.call('risk.tools', {}))
    expect(tools).toMatchObject({ totalInstances: 1, study: { percent: 48 } })
    for (const { query, instances } of [...tools.combined, ...tools.models]) {
      expect(await count(backend, query)).toBe(instances)
    }
  })

  it('can be supposed otherwise without anything being stored', async () => {
    const backend = await scanned()
    const stored = async () => [
      await must(backend.call('risk.list', {})),
      await must(backend.call('finding.list', {})),
    ]
    const before = await stored()
    const guard = await must(backend.call('risk.what-if', { kind: 'guard', query: 'tools:yes' }))
    expect(guard.affected).toEqual({ count: 1, query: 'tools:yes' })
    expect(guard.before.levels.critical - guard.after.levels.critical).toBe(1)
    expect(guard.after.findings.bySeverity.critical).toBeLessThan(guard.before.findings.bySeverity.critical)
    const closed = await must(backend.call('risk.what-if', { kind: 'close-site', site: 'Lab' }))
    expect(closed.after).toMatchObject({ instances: 3, levels: { none: 3 }, findings: { open: 0 } })
    const newer = await must(backend.call('risk.what-if', { kind: 'min-version', version: '0.40.0' }))
    expect(newer.after.scores.sum).toBeLessThan(newer.before.scores.sum)
    expect(newer.after.findings.open).toBeLessThan(newer.before.findings.open)
    const broken = await must(backend.call('risk.what-if', { kind: 'broken', query: 'family:llama' }))
    expect(broken.after.findings.bySeverity.critical - broken.before.findings.bySeverity.critical).toBe(1)
    expect(await must(backend.call('risk.what-if', { kind: 'guard', query: 'version:99' }))).toMatchObject({
      affected: { count: 0 },
      after: broken.before,
    })
    const controls = await must(backend.call('risk.what-if-controls', { kind: 'close-site', site: 'Lab' }))
    for (const { framework, before, after, changed } of controls) {
      const now = await must(backend.call('framework.assess', { framework }))
      expect(before).toEqual(now.counts)
      expect(after['not-met']).toBeLessThanOrEqual(before['not-met'])
      const sum = (counts: typeof before) => Object.values(counts).reduce((all, each) => all + each, 0)
      expect(sum(after)).toBe(sum(before))
      for (const { id, before: was } of changed)
        expect(now.controls.find(each => each.id === id)?.state).toBe(was)
    }
    expect(controls.some(({ changed }) => changed.some(each => each.before === 'not-met'))).toBe(true)
    expect(await stored()).toEqual(before)
  })

  it('can be decided otherwise, with a reason, for a while, and on record', async () => {
    const backend = await scanned()
    const [worst] = (await must(backend.call('risk.list', { query: 'risk:critical' }))).slice(0, 1)
    const instance = String(worst?.instanceId)
    const decide = (more: object) =>
      backend.call('risk.override', {
        instance,
        score: 5,
        reason: 'a test rig',
        expires: '2099-01-01',
        ...more,
      })
    expect(await decide({ reason: ' ' })).toMatchObject({ failure: { code: 'override-incomplete' } })
    expect(await decide({ expires: '2020-01-01' })).toMatchObject({ failure: { code: 'override-over' } })
    const decided = await must(decide({}))
    expect(decided).toMatchObject({ risk: { score: 5, level: 'none' }, byFacts: worst?.score })
    expect(decided.risk?.factors.reduce((sum, { points }) => sum + points, 0)).toBe(5)
    expect(decided.risk?.factors.at(-1)).toEqual({
      name: 'override',
      value: '5',
      points: 5 - (worst?.score ?? 0),
    })
    expect(await count(backend, 'risk:critical')).toBe(0)
    expect(await count(backend, 'score:5')).toBe(1)
    const audit = await must(backend.call('audit.list', {}))
    expect(audit.some(({ command }) => command === 'risk.override')).toBe(true)
    expect(await must(backend.call('risk.overrides', {}))).toMatchObject([
      { score: 5, byFacts: worst?.score, site: 'Lab', reason: 'a test rig', endedAt: null },
    ])
    const back = await must(backend.call('risk.withdraw', { instance }))
    expect(back).toMatchObject({ risk: { score: worst?.score }, overrides: [{ endReason: 'withdrawn' }] })
    expect(await backend.call('risk.withdraw', { instance })).toMatchObject({
      failure: { code: 'override-none' },
    })
  })

  it('is told on the command line in the same shapes', async () => {
    const backend = await scanned()
    const { dataFolder } = backend
    await backend.close()
    const json = async (...words: string[]) => {
      const run = await runCommand(dataFolder, ...words, '--json')
      expect(run.stderr).toBe('')
      return JSON.parse(run.stdout)
    }
    const risks = await json('risk', '--query', 'tools:yes')
    expect(risks).toHaveLength(1)
    expect(Object.keys(risks[0])).toEqual(expect.arrayContaining(['instanceId', 'score', 'level', 'factors']))
    const map = await json('heatmap', 'site-exposure')
    expect(map.cells).toContainEqual({
      row: 'Lab',
      column: 'open-tools',
      value: 1,
      query: 'presence:present site:Lab access:open tools:yes',
    })
    const answer = await json('what-if', 'close-site=Lab')
    expect(Object.keys(answer)).toEqual(expect.arrayContaining(['before', 'after', 'controls']))
    for (const words of [
      ['overview'],
      ['risk', 'overrides'],
      ['tool-calling'],
      ['address-map'],
      ['risk', 'show', '1'],
      ['risk'],
    ]) {
      const run = await runCommand(dataFolder, ...words)
      expect([run.code, run.stderr]).toEqual([0, ''])
      expect(run.stdout).not.toMatch(/risk:|undefined/)
    }
    expect((await runCommand(dataFolder, 'heatmap', 'weather')).code).toBe(2)
    expect((await runCommand(dataFolder, 'what-if', 'nothing=1')).code).toBe(2)
  }, 90_000)
})
