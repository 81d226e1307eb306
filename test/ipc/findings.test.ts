import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startLab } from '#lab/lab.ts'
import type { Finding } from '#shared/domain/finding.ts'
import { dateOf } from '#shared/domain/instant.ts'
import { must, startBackend, type TestBackend } from '../support/backend.ts'
import { startHosts } from '../support/ollama-hosts.ts'

const base = '127.74.0.0/28'
const passphrase = 'correct horse battery'
const grace = { name: 'Grace', role: 'approver', passphrase }

async function withRange(): Promise<TestBackend> {
  const backend = await startBackend()
  await must(
    backend.call('range.add', {
      block: base,
      site: 'Lab',
      authorisedBy: 'Ada',
      reference: 'T-1',
      zone: 'lab',
    }),
  )
  return backend
}

/** Scans while these servers stand. */
async function scanWith(backend: TestBackend, hosts: Parameters<typeof startHosts>[1]): Promise<void> {
  const running = await startHosts(base, hosts)
  try {
    await backend.scan({ rate: 5000 })
  } finally {
    await running.stop()
  }
}

async function findings(backend: TestBackend): Promise<Record<string, Finding>> {
  const all = await must(backend.call('finding.list', {}))
  return Object.fromEntries(
    all.map(each => [`${each.address.split('.')[3]} ${each.rule} ${each.subject.split(' ')[0]}`, each]),
  )
}

const statuses = (all: Record<string, Finding>) =>
  Object.fromEntries(Object.entries(all).map(([key, finding]) => [key, finding.status]))

describe('findings', () => {
  it('open by what a scan saw, and are resolved by a scan that sees it put right', async () => {
    const backend = await withRange()
    await must(backend.call('policy.set', { key: 'version-below-floor', params: { floor: '0.32.0' } }))
    await scanWith(backend, [
      { at: 1, version: '0.9.6', models: ['llama3.2:3b'] },
      { at: 2, version: '0.32.15', models: [] },
    ])
    const first = await findings(backend)
    const affected = Object.keys(first).filter(key => key.includes(' version-affected '))
    expect(affected).toContain('1 version-affected CVE-2025-0315')
    expect(affected).not.toContain('2 version-affected CVE-2025-0315')
    const others = Object.entries(statuses(first)).filter(([key]) => !affected.includes(key))
    expect(Object.fromEntries(others)).toEqual({
      '1 management-reachable instance': 'open',
      '2 management-reachable instance': 'open',
      '1 tools-unauthenticated instance': 'open',
      '1 unauthenticated instance': 'open',
      '1 version-below-floor instance': 'open',
      '1 no-tls instance': 'open',
      '1 new-unacknowledged instance': 'open',
      '2 unauthenticated instance': 'open',
      '2 no-tls instance': 'open',
      '2 new-unacknowledged instance': 'open',
    })
    const critical = first['1 tools-unauthenticated instance']
    expect(critical).toMatchObject({
      severity: 'critical',
      owner: null,
      evidence: { scan: 1, facts: { 'exposure.unauthenticated': true, 'instance.toolCalling': true } },
    })
    expect(Date.parse(critical?.dueAt ?? '') - Date.parse(critical?.openedAt ?? '')).toBe(7 * 86_400_000)

    await scanWith(backend, [
      { at: 1, version: '0.32.15', models: ['llama3.2:3b'] },
      { at: 2, version: '0.32.15', models: [], login: true },
    ])
    const second = await findings(backend)
    expect(statuses(second)).toMatchObject({
      '1 version-below-floor instance': 'resolved',
      '1 tools-unauthenticated instance': 'open',
      '2 unauthenticated instance': 'resolved',
      '2 no-tls instance': 'open',
    })
    expect(second['1 tools-unauthenticated instance']?.id).toBe(critical?.id)

    // Switched off: away is not fixed.
    await scanWith(backend, [{ at: 2, version: '0.32.15', models: [], login: true }])
    expect(statuses(await findings(backend))).toMatchObject({ '1 tools-unauthenticated instance': 'open' })
    expect(await must(backend.call('audit.verify', {}))).toMatchObject({ intact: true, scans: 3 })
  }, 60_000)

  it('are looked at again on demand, and closed by a decision that is the fix', async () => {
    const backend = await withRange()
    await must(backend.call('owner.import', { file: 'o.csv', csv: 'name,email\nAda,ada@example.org\n' }))
    await scanWith(backend, [{ at: 1, version: '0.9.6', models: [] }])
    const opened = (await findings(backend))['1 unauthenticated instance']
    const id = opened?.id
    if (id === undefined) throw new Error('no finding')

    const verify = async () => {
      const ended = new Promise<number>(resolve =>
        backend.onEvent('scan.ended', report => resolve(report.scan.id)),
      )
      await must(backend.call('finding.verify', { id }))
      return (await ended) as never
    }
    expect((await must(backend.call('finding.move', { id, step: 'fixed' }))).status).toBe(
      'awaiting-verification',
    )
    expect(await backend.call('finding.move', { id, step: 'fixed' })).toMatchObject({
      failure: { code: 'finding-step' },
    })
    const still = await startHosts(base, [{ at: 1, version: '0.9.6', models: [] }])
    await verify()
    await still.stop()
    expect(await must(backend.call('finding.show', { id }))).toMatchObject({
      status: 'open',
      reason: 'still-broken',
    })

    await must(backend.call('finding.move', { id, step: 'start' }))
    const fixed = await startHosts(base, [{ at: 1, version: '0.9.6', models: [], login: true }])
    const scan = await verify()
    await fixed.stop()
    const shown = await must(backend.call('finding.show', { id }))
    expect(shown).toMatchObject({ status: 'resolved', reason: 'satisfied', openedAt: opened?.openedAt })
    expect(shown.events.map(event => [event.status, event.actor === null])).toEqual([
      ['open', true],
      ['awaiting-verification', false],
      ['open', true],
      ['in-remediation', false],
      ['resolved', true],
    ])
    const other = (await findings(backend))['1 no-tls instance']
    expect(await backend.call('finding.confirm-removed', { id: other?.id ?? id, scan })).toMatchObject({
      failure: { code: 'finding-not-removed' },
    })
    const gone = await verify()
    expect(
      await must(backend.call('finding.confirm-removed', { id: other?.id ?? id, scan: gone })),
    ).toMatchObject({
      status: 'resolved',
      reason: 'removed',
    })

    const fresh = (await findings(backend))['1 new-unacknowledged instance']
    expect(fresh?.status).toBe('open')
    const instances = [String(fresh?.instanceId)]
    await must(backend.call('owner.assign', { instances, owner: 'ada@example.org' }))
    await must(backend.call('owner.move', { instances, step: 'acknowledge' }))
    expect((await findings(backend))['1 new-unacknowledged instance']).toMatchObject({
      status: 'resolved',
      owner: 'Ada',
    })
  }, 60_000)

  it('come out the same incrementally, as a whole, and again', async () => {
    const lab = await startLab({ base: '127.75.0.0/24' })
    onTestFinished(() => lab.stop())
    const backend = await startBackend()
    await must(
      backend.call('range.add', {
        block: lab.blocks[0] ?? '',
        site: 'Lab',
        authorisedBy: 'Ada',
        reference: 'T-1',
        ports: lab.ports,
        exclusions: lab.excluded,
      }),
    )
    await backend.scan({ rate: 5000 })
    const first = await must(backend.call('finding.list', {}))
    expect(first.length).toBeGreaterThan(50)
    expect(new Set(first.map(finding => finding.status))).toEqual(new Set(['open']))
    await backend.scan({ rate: 5000 })
    // A second look at the same finds the same; only the scan that saw it last is another.
    const bare = (all: readonly Finding[]) =>
      all.map(({ evidence: { scan: _, observedAt: __, ...rest }, ...finding }) => ({ ...finding, rest }))
    const second = await must(backend.call('finding.list', {}))
    expect(bare(second)).toEqual(bare(first))

    const file = new Database(join(backend.dataFolder, 'paddock.sqlite'))
    file.exec('INSERT OR IGNORE INTO stale_instances SELECT id FROM instances')
    // Any change of a decision makes it look.
    await must(backend.call('owner.import', { file: 'o.csv', csv: 'name\nAda\n' }))
    expect(file.prepare('SELECT count(*) FROM stale_instances').pluck().get()).toBe(0)
    expect(await must(backend.call('finding.list', {}))).toEqual(second)

    // All derived rows thrown away: the same findings, opened anew.
    file.exec('DELETE FROM finding_events; DELETE FROM findings; DELETE FROM instance_verdicts')
    await must(backend.call('owner.import', { file: 'p.csv', csv: 'name\nGrace\n' }))
    file.close()
    const essence = (all: readonly Finding[]) =>
      all
        .map(({ rule, instanceId, subject, severity, status, evidence }) =>
          JSON.stringify({ rule, instanceId, subject, severity, status, facts: evidence.facts }),
        )
        .sort()
    expect(essence(await must(backend.call('finding.list', {})))).toEqual(essence(second))
  }, 90_000)
})

describe('policies', () => {
  it('are switched off at a site, changed in severity, and say who changed them', async () => {
    const backend = await withRange()
    await scanWith(backend, [{ at: 1, version: '0.9.6', models: [] }])
    await must(backend.call('policy.set', { key: 'no-tls', site: 'lab', enabled: false }))
    expect((await findings(backend))['1 no-tls instance']).toMatchObject({
      status: 'withdrawn',
      reason: 'rule-changed',
    })
    await must(backend.call('policy.set', { key: 'unauthenticated', severity: 'critical' }))
    expect((await findings(backend))['1 unauthenticated instance']).toMatchObject({
      status: 'open',
      severity: 'critical',
    })
    await must(backend.call('policy.set', { key: 'version-below-floor', params: { floor: '0.9.0' } }))
    expect((await findings(backend))['1 version-below-floor instance']).toMatchObject({ status: 'withdrawn' })
    const [entry] = await must(backend.call('audit.list', {}))
    expect(entry?.changes[0]).toMatchObject({
      before: { params: { floor: '0.35.0' } },
      after: { params: { floor: '0.9.0' } },
    })
    for (const [edit, code] of [
      [{ key: 'nonsense' }, 'rule-unknown'],
      [{ key: 'no-tls', severity: 'huge' }, 'severity-unknown'],
      [{ key: 'no-tls', params: { floor: '1.0.0' } }, 'parameter-unknown'],
      [{ key: 'unowned', params: { days: 'seven' } }, 'parameter-unknown'],
      [{ key: 'no-tls', site: 'Mars', enabled: false }, 'site-unknown'],
      [{ key: 'no-tls', site: 'Lab', severity: 'low' }, 'policy-not-per-site'],
    ] as const) {
      expect(await backend.call('policy.set', edit), code).toMatchObject({ failure: { code } })
    }
  }, 60_000)

  it('of one’s own are tried on what is known, then taken over', async () => {
    const backend = await withRange()
    await scanWith(backend, [
      { at: 1, version: '0.9.6', models: ['llama3.2:3b'] },
      { at: 2, version: '0.32.15', models: [] },
    ])
    const text = { en: 'x', de: 'x' }
    const rule = {
      key: 'no-llamas',
      each: 'model',
      brokenWhen: "model.family == 'llama'",
      severity: 'low',
      title: text,
      rationale: text,
      remedy: {},
      cases: [
        {
          name: 'a llama',
          facts: { models: [{ name: 'l', family: 'llama', remote: false, registry: 'r' }] },
          expect: 'broken',
        },
      ],
    }
    const tried = await must(backend.call('policy.test', { text: JSON.stringify(rule) }))
    expect(tried).toMatchObject({
      passed: true,
      rules: [
        { key: 'no-llamas', preview: { broken: 1, unknown: 0, instances: 2 }, cases: [{ passed: true }] },
      ],
    })
    const wrong = { ...rule, brokenWhen: "model.famly == 'llama'" }
    expect(await must(backend.call('policy.test', { text: JSON.stringify(wrong) }))).toMatchObject({
      passed: false,
      rules: [{ problem: { field: 'brokenWhen', start: 6, end: 11 }, preview: null }],
    })
    expect(await backend.call('policy.add', { text: JSON.stringify(wrong) })).toMatchObject({
      failure: { code: 'rule-fails' },
    })
    expect(await backend.call('policy.add', { text: '{"key": 1}' })).toMatchObject({
      failure: { code: 'policy-malformed' },
    })
    expect(
      await backend.call('policy.add', { text: JSON.stringify({ ...rule, key: 'no-tls' }) }),
    ).toMatchObject({
      failure: { code: 'rule-of-pack' },
    })
    await must(backend.call('policy.add', { text: JSON.stringify(rule) }))
    const found = (await findings(backend))['1 no-llamas llama3.2:3b']
    expect(found).toMatchObject({ status: 'open', severity: 'low' })
  }, 60_000)
})

describe('an exception', () => {
  async function opened() {
    const backend = await withRange()
    await must(backend.call('actor.add', grace))
    await must(backend.call('actor.add', { ...grace, name: 'Ada', role: 'administrator' }))
    await scanWith(backend, [{ at: 1, version: '0.9.6', models: ['llama3.2:3b'] }])
    const finding = (await findings(backend))['1 unauthenticated instance']
    if (finding === undefined) throw new Error('no finding')
    const passOf = async (actor: string) =>
      (await must(backend.call('actor.unlock', { actor, passphrase }))).pass
    return { backend, finding, grace: await passOf('Grace'), ada: await passOf('Ada') }
  }
  const terms = {
    reason: 'Demo until the proxy is there',
    control: 'Only the lab network',
    expires: '2999-12-31',
  }

  it('is asked for by one and granted by another, and lapses when a model changes', async () => {
    const { backend, finding, grace, ada } = await opened()
    const asked = (await backend.callAs(ada, 'exception.request', { finding: finding.id, ...terms })) as {
      ok: boolean
      value: { id: number }
    }
    expect(asked).toMatchObject({
      ok: true,
      value: { status: 'requested', owner: 'Ada', requestedBy: 'Ada' },
    })
    const id = asked.value.id
    expect(await backend.callAs(ada, 'exception.approve', { id })).toMatchObject({
      failure: { code: 'exception-own' },
    })
    expect(await backend.call('exception.approve', { id } as never)).toMatchObject({
      failure: { code: 'actor-required' },
    })
    expect((await findings(backend))['1 unauthenticated instance']?.status).toBe('open')
    expect(await backend.callAs(grace, 'exception.approve', { id })).toMatchObject({
      value: { status: 'approved', decidedBy: 'Grace' },
    })
    expect((await findings(backend))['1 unauthenticated instance']).toMatchObject({
      status: 'excepted',
      dueAt: null,
    })
    expect(await backend.callAs(grace, 'exception.reject', { id })).toMatchObject({
      failure: { code: 'exception-decided' },
    })

    // The same again changes nothing; another model does.
    await scanWith(backend, [{ at: 1, version: '0.9.6', models: ['llama3.2:3b'] }])
    expect((await findings(backend))['1 unauthenticated instance']?.status).toBe('excepted')
    await scanWith(backend, [{ at: 1, version: '0.9.6', models: ['llama3.2:3b', 'qwen3:4b'] }])
    expect(await must(backend.call('exception.list', {}))).toMatchObject([
      { status: 'lapsed', endReason: 'model' },
    ])
    const after = await findings(backend)
    expect(after['1 unauthenticated instance']).toMatchObject({ status: 'open', reason: 'exception-over' })
    expect(after['1 unauthenticated instance']?.dueAt).not.toBeNull()
    expect(after[`1 exception-expired unauthenticated`]).toMatchObject({ status: 'open' })
    expect(await must(backend.call('audit.verify', {}))).toMatchObject({ intact: true })

    // Put right: with the finding, the leave that is over is of no concern any more.
    await scanWith(backend, [{ at: 1, version: '0.9.6', models: [], login: true }])
    expect(statuses(await findings(backend))).toMatchObject({
      '1 unauthenticated instance': 'resolved',
      '1 exception-expired unauthenticated': 'resolved',
    })
  }, 60_000)

  it('lapses when the zone of its range is another, and rules and rows know the zone at once', async () => {
    const { backend, finding, grace, ada } = await opened()
    const asked = await backend.callAs(ada, 'exception.request', { finding: finding.id, ...terms })
    await backend.callAs(grace, 'exception.approve', { id: (asked as { value: { id: number } }).value.id })
    const range = (await must(backend.call('range.list', {})))[0]?.id
    if (range === undefined) throw new Error('no range')
    await must(backend.call('range.edit', { id: range, zone: 'dmz' }))
    expect((await must(backend.call('inventory.list', { query: 'zone:dmz' }))).length).toBeGreaterThan(0)
    const [exception] = await must(backend.call('exception.list', {}))
    expect(exception).toMatchObject({ status: 'lapsed', endReason: 'zone' })
    expect(await must(backend.call('finding.show', { id: finding.id }))).toMatchObject({
      status: 'open',
      reason: 'exception-over',
    })
  }, 60_000)

  it('ends a year after it was asked for at the latest, unless somebody set another longest time', async () => {
    const { backend, finding, grace, ada } = await opened()
    const inDays = (days: number) => dateOf(Date.now() + days * 86_400_000)
    const ask = () => must(backend.call('exception.request', { finding: finding.id, ...terms }))
    const askAnew = async () => {
      const asked = await ask()
      expect(await backend.callAs(grace, 'exception.reject', { id: asked.id })).toMatchObject({ ok: true })
      return asked.expiresOn
    }
    expect(await must(backend.call('exception.limit', {}))).toEqual({ days: 365, latest: inDays(365) })
    expect(await askAnew()).toBe(inDays(365))
    expect(await backend.callAs(grace, 'exception.set-limit', { days: 3650 })).toMatchObject({
      failure: { code: 'not-permitted' },
    })
    expect(await backend.callAs(ada, 'exception.set-limit', { days: 30 })).toMatchObject({ ok: true })
    expect(await askAnew()).toBe(inDays(30))
    const sooner = { finding: finding.id, ...terms, expires: inDays(7) }
    expect((await must(backend.call('exception.request', sooner))).expiresOn).toBe(inDays(7))
    expect(await backend.callAs(ada, 'exception.set-limit', { days: null })).toMatchObject({ ok: true })
    const [pending] = await must(backend.call('exception.list', {}))
    expect(pending?.expiresOn).toBe(inDays(7))
    expect(await must(backend.call('exception.limit', {}))).toEqual({ days: null, latest: null })
  }, 60_000)

  it('cannot be stored without an end, or decided by whoever asked, by any way', async () => {
    const { backend, finding, grace } = await opened()
    for (const [change, code] of [
      [{ expires: '' }, 'date-malformed'],
      [{ expires: '2026-02-30' }, 'date-malformed'],
      [{ expires: '2020-01-01' }, 'exception-over'],
      [{ reason: ' ' }, 'exception-incomplete'],
      [{ control: '' }, 'exception-incomplete'],
      [{ finding: 9999 }, 'finding-unknown'],
    ] as const) {
      expect(
        await backend.call('exception.request', { finding: finding.id, ...terms, ...change } as never),
        code,
      ).toMatchObject({
        failure: { code },
      })
    }
    const asked = await must(backend.call('exception.request', { finding: finding.id, ...terms }))
    expect(await backend.call('exception.request', { finding: finding.id, ...terms })).toMatchObject({
      failure: { code: 'exception-pending' },
    })
    const file = new Database(join(backend.dataFolder, 'paddock.sqlite'))
    for (const statement of [
      'UPDATE exceptions SET expires_on = NULL',
      "UPDATE exceptions SET expires_on = 'never'",
      "UPDATE exceptions SET reason = ' '",
      "UPDATE exceptions SET status = 'approved'",
      "UPDATE exceptions SET status = 'approved', decision_key = request_key, decision_signature = 'x'",
    ]) {
      expect(() => file.exec(statement), statement).toThrow(/constraint/i)
    }
    file.exec("UPDATE exceptions SET expires_on = '3999-12-31'")
    expect(await must(backend.call('audit.verify', {}))).toMatchObject({
      intact: false,
      problem: { damage: 'exception-altered' },
    })
    file.prepare('UPDATE exceptions SET expires_on = ?').run(asked.expiresOn)
    expect(await must(backend.call('audit.verify', {}))).toMatchObject({ intact: true })
    file.close()
    expect(await backend.callAs(grace, 'exception.reject', { id: asked.id })).toMatchObject({
      value: { status: 'rejected' },
    })
    expect((await findings(backend))['1 unauthenticated instance']?.status).toBe('open')
  }, 60_000)
})
