import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startLab } from '#lab/lab.ts'
import { must, startBackend, type TestBackend } from '../support/backend.ts'
import { temporaryFolder } from '../support/temporary.ts'

const range = { block: '127.72.0.0/28', site: 'Lab', authorisedBy: 'Ada', reference: 'T-1' }

/** Does to the file what no command would do. */
function tamper(folder: string, ...statements: string[]): void {
  const file = new Database(join(folder, 'paddock.sqlite'))
  file.pragma('foreign_keys = OFF')
  for (const statement of statements) file.exec(statement)
  file.close()
}

async function verified(backend: TestBackend) {
  return must(backend.call('audit.verify', {}))
}

/** A folder with some history: two scans of a few servers, one of which has gone in between. */
async function scannedTwice(): Promise<TestBackend> {
  const lab = await startLab({ base: '127.72.0.0/24' })
  onTestFinished(() => lab.stop())
  const backend = await startBackend()
  await must(
    backend.call('range.add', {
      ...range,
      block: lab.blocks[0] ?? '',
      ports: lab.ports,
      exclusions: lab.excluded,
    }),
  )
  await backend.scan({ rate: 5000 })
  await backend.scan({ rate: 5000 })
  return backend
}

describe('the audit', () => {
  it('tells who, when, what, before and after, refused ones too', async () => {
    const backend = await startBackend()
    await must(backend.call('settings.edit', { organisation: 'Example' }))
    await must(backend.call('settings.edit', { organisation: 'Example AG' }))
    await backend.call('range.remove', { id: 7 })
    const [refused, edited] = await must(backend.call('audit.list', {}))
    expect(refused).toMatchObject({
      command: 'range.remove',
      outcome: 'refused',
      result: { code: 'range-unknown' },
    })
    expect(edited).toMatchObject({
      command: 'settings.edit',
      outcome: 'done',
      input: { organisation: 'Example AG' },
      changes: [
        { subject: 'settings', before: { organisation: 'Example' }, after: { organisation: 'Example AG' } },
      ],
    })
    expect(edited?.actor).toBeTruthy()
    expect(edited?.account).toBeTruthy()
    expect(await must(backend.call('audit.list', { text: 'example ag' }))).toHaveLength(1)
    expect(await must(backend.call('audit.list', { command: 'settings.edit' }))).toHaveLength(2)
    expect(await must(backend.call('audit.list', { outcome: 'refused' }))).toHaveLength(1)
  })

  it.each([
    ['an altered entry', 3, 'entry-altered', ["UPDATE audit_entries SET outcome = 'refused' WHERE id = 3"]],
    ['another time', 2, 'entry-altered', ['UPDATE audit_entries SET at = at + 1 WHERE id = 2']],
    [
      'an altered value',
      3,
      'value-altered',
      ["UPDATE audit_values SET value = '\"Eve\"' WHERE entry_id = 3 AND name = 'actor'"],
    ],
    [
      'a value taken away',
      3,
      'entry-altered',
      ['DELETE FROM audit_values WHERE entry_id = 3 AND position = 4'],
    ],
    [
      'a value erased by hand',
      3,
      'erased-without-record',
      ['UPDATE audit_values SET salt = NULL, value = NULL WHERE entry_id = 3'],
    ],
    [
      'a removed entry',
      2,
      'entry-missing',
      ['DELETE FROM audit_values WHERE entry_id = 2', 'DELETE FROM audit_entries WHERE id = 2'],
    ],
    [
      'reordered entries',
      2,
      'entry-altered',
      [
        'UPDATE audit_entries SET id = 900 WHERE id = 2',
        'UPDATE audit_entries SET id = 2 WHERE id = 3',
        'UPDATE audit_entries SET id = 3 WHERE id = 900',
        'UPDATE audit_values SET entry_id = 900 WHERE entry_id = 2',
        'UPDATE audit_values SET entry_id = 2 WHERE entry_id = 3',
        'UPDATE audit_values SET entry_id = 3 WHERE entry_id = 900',
      ],
    ],
    [
      'values of no entry',
      99,
      'value-stray',
      ["INSERT INTO audit_values VALUES (99, 0, 'actor', zeroblob(32), zeroblob(16), '1')"],
    ],
  ])('finds %s', async (_, entry, damage, statements) => {
    const backend = await startBackend()
    for (const organisation of ['A', 'B', 'C', 'D'])
      await must(backend.call('settings.edit', { organisation }))
    expect(await verified(backend)).toMatchObject({
      intact: true,
      entries: 6,
      problem: null,
      tailChecked: false,
    })
    tamper(backend.dataFolder, ...statements)
    expect(await verified(backend)).toMatchObject({ intact: false, problem: { entry, damage } })
  })

  it('forgets what an entry says of people, and still verifies', async () => {
    const backend = await startBackend()
    await must(backend.call('settings.edit', { contact: 'ada@example.org' }))
    expect(await must(backend.call('audit.erase', { entry: 3, reason: 'Article 17' }))).toEqual({
      entry: 3,
      erased: 5,
    })
    const file = new Database(join(backend.dataFolder, 'paddock.sqlite'), { readonly: true })
    const left = file
      .prepare("SELECT count(*) FROM audit_values WHERE value LIKE '%ada@example.org%'")
      .pluck()
      .get()
    file.close()
    expect(left).toBe(0)
    expect(await verified(backend)).toMatchObject({ intact: true, erased: 1 })
    expect((await must(backend.call('audit.list', {})))[1]).toMatchObject({
      id: 3,
      erased: true,
      actor: null,
      changes: [null],
    })
    expect(await backend.call('audit.erase', { entry: 4, reason: 'no trace' })).toMatchObject({
      failure: { code: 'audit-entry-unknown' },
    })
  })

  it('cut off at the end is intact by itself, and found with a head that was kept', async () => {
    const backend = await startBackend()
    await must(backend.call('settings.edit', { organisation: 'Example' }))
    await must(backend.call('settings.edit', { contact: 'Ada' }))
    const head = await must(backend.call('audit.sign', {}))
    expect(head).toMatchObject({ entry: 4, organisation: 'Example' })
    expect(await must(backend.call('audit.verify', { head }))).toMatchObject({
      intact: true,
      tailChecked: true,
    })
    tamper(
      backend.dataFolder,
      'DELETE FROM audit_values WHERE entry_id > 3',
      'DELETE FROM audit_entries WHERE id > 3',
    )
    expect(await verified(backend)).toMatchObject({ intact: true, entries: 3 })
    expect(await must(backend.call('audit.verify', { head }))).toMatchObject({
      intact: false,
      problem: { entry: 4, damage: 'head-not-found' },
    })
    const forged = { ...head, entry: 3 }
    expect(await must(backend.call('audit.verify', { head: forged }))).toMatchObject({
      problem: { damage: 'head-signature' },
    })
  })
})

describe('the seal of a scan', () => {
  it('finds every observation that was altered, removed, added or exchanged', async () => {
    const backend = await scannedTwice()
    const before = await verified(backend)
    expect(before).toMatchObject({ intact: true, scans: 2 })
    const cases: [string, string[], string[]][] = [
      [
        'altered',
        ["UPDATE spell_records SET outcome = 'silent', snapshot_id = NULL WHERE id = 3"],
        [
          'UPDATE spell_records SET outcome = kept.outcome, snapshot_id = kept.snapshot_id FROM kept WHERE spell_records.id = kept.id',
        ],
      ],
      [
        'removed',
        ['DELETE FROM spell_records WHERE id = 4'],
        ['INSERT INTO spell_records SELECT * FROM kept WHERE id = 4'],
      ],
      [
        'added',
        [
          'INSERT INTO spell_records SELECT 9999, endpoint_id, outcome, snapshot_id, first_scan_id, last_scan_id, first_at, last_at, scan_count FROM spell_records WHERE id = 2',
        ],
        ['DELETE FROM spell_records WHERE id = 9999'],
      ],
      [
        'said to be of another time',
        ['UPDATE last_looks SET at = at - 3600000 WHERE endpoint_id = 2'],
        ['UPDATE last_looks SET at = at + 3600000 WHERE endpoint_id = 2'],
      ],
      [
        'said to be of an earlier scan',
        ['UPDATE last_looks SET scan_id = 1, scan_count = 1 WHERE endpoint_id = 2'],
        ['UPDATE last_looks SET scan_id = 2, scan_count = 2 WHERE endpoint_id = 2'],
      ],
      [
        'said to be changed by a scan that runs',
        [
          'UPDATE last_looks SET before_scan_id = scan_id, before_at = at, scan_id = 3, at = at + 1, scan_count = 3, seal_id = (SELECT max(id) FROM audit_entries) WHERE endpoint_id = 2',
        ],
        [
          'UPDATE last_looks SET scan_id = before_scan_id, at = before_at, scan_count = 2, before_scan_id = NULL, before_at = NULL, seal_id = -1 WHERE endpoint_id = 2',
        ],
      ],
      [
        'exchanged',
        [
          'UPDATE spell_records SET endpoint_id = (SELECT endpoint_id FROM kept WHERE id = 7 - spell_records.id) WHERE id IN (3, 4)',
        ],
        [
          'UPDATE spell_records SET endpoint_id = kept.endpoint_id FROM kept WHERE spell_records.id = kept.id',
        ],
      ],
      [
        'given another content',
        ["UPDATE snapshots SET version = '9.9.9' WHERE id = 2"],
        [
          'UPDATE snapshots SET version = kept_snapshots.version FROM kept_snapshots WHERE snapshots.id = kept_snapshots.id',
        ],
      ],
      [
        'moved elsewhere',
        ["UPDATE endpoints SET address = '127.72.0.99' WHERE id = 2"],
        [
          'UPDATE endpoints SET address = kept_endpoints.address FROM kept_endpoints WHERE endpoints.id = kept_endpoints.id',
        ],
      ],
      [
        'without a model',
        ['DELETE FROM snapshot_artifacts WHERE snapshot_id = (SELECT min(snapshot_id) FROM kept_models)'],
        ['INSERT OR IGNORE INTO snapshot_artifacts SELECT * FROM kept_models'],
      ],
      [
        'said to be covered',
        ['UPDATE scan_blocks SET done_answered = done_answered + 1 WHERE scan_id = 1 AND position = 0'],
        ['UPDATE scan_blocks SET done_answered = done_answered - 1 WHERE scan_id = 1 AND position = 0'],
      ],
    ]
    const copies = [
      'CREATE TABLE kept AS SELECT * FROM spell_records',
      'CREATE TABLE kept_snapshots AS SELECT * FROM snapshots',
      'CREATE TABLE kept_endpoints AS SELECT * FROM endpoints',
      'CREATE TABLE kept_models AS SELECT * FROM snapshot_artifacts',
    ]
    tamper(backend.dataFolder, ...copies)
    for (const [what, spoil, mend] of cases) {
      tamper(backend.dataFolder, ...spoil)
      const found = await verified(backend)
      expect(found.intact, what).toBe(false)
      expect(found.problem?.damage, what).toMatch(/^(observation|coverage)-/)
      tamper(backend.dataFolder, ...mend)
      expect((await verified(backend)).problem, `${what}, mended`).toBeNull()
    }
  }, 60_000)

  it('is not made good by the next scan', async () => {
    const backend = await scannedTwice()
    tamper(backend.dataFolder, "UPDATE spell_records SET outcome = 'silent' WHERE id = 3")
    await backend.scan({ rate: 5000 })
    expect(await verified(backend)).toMatchObject({
      intact: false,
      problem: { damage: 'observation-changed-unseen', scan: 2 },
    })
  }, 60_000)

  it('holds while a scan runs, and when one is broken off and taken up again', async () => {
    const backend = await startBackend()
    await must(backend.call('range.add', { ...range, block: '127.72.0.0/20' }))
    await must(backend.call('scan.start', { rate: 500 }))
    expect(await verified(backend)).toMatchObject({ intact: true, scans: 0 })
    await must(backend.call('scan.stop', {}))
    expect(await verified(backend)).toMatchObject({ intact: true, scans: 1 })
    const ended = new Promise(resolve => backend.onEvent('scan.ended', resolve))
    await must(backend.call('scan.resume', {}))
    await must(backend.call('scan.stop', {}))
    await ended
    expect(await verified(backend)).toMatchObject({ intact: true, scans: 1 })
  })
})

describe('actors', () => {
  const passphrase = 'correct horse battery'

  it('act with their own key, and only with their passphrase', async () => {
    const backend = await startBackend()
    const added = await must(backend.call('actor.add', { name: 'Grace', role: 'approver', passphrase }))
    expect(added).toMatchObject({ name: 'Grace', role: 'approver', hasPassphrase: true })
    const actors = await must(backend.call('actor.list', {}))
    expect(actors.map(actor => actor.hasPassphrase)).toEqual([false, true])
    expect(new Set(actors.map(actor => actor.publicKey)).size).toBe(2)
    expect(await backend.call('actor.unlock', { actor: 'grace', passphrase: 'wrong horse' })).toMatchObject({
      failure: { code: 'passphrase-wrong' },
    })
    const { pass } = await must(backend.call('actor.unlock', { actor: 'grace', passphrase }))
    expect(await backend.callAs(pass, 'settings.edit', { contact: 'me' })).toMatchObject({
      failure: { code: 'not-permitted' },
    })
    const head = await backend.callAs(pass, 'audit.sign', {})
    expect(head).toMatchObject({ ok: true, value: { actor: 'Grace', publicKey: added.publicKey } })
    const entries = await must(backend.call('audit.list', {}))
    expect(entries.map(({ command, outcome, actor }) => [command, outcome, actor === 'Grace'])).toEqual([
      ['audit.sign', 'done', true],
      ['settings.edit', 'refused', true],
      ['actor.unlock', 'refused', false],
      ['actor.add', 'done', false],
      ['policy.delivered', 'done', false],
      ['actor.first', 'done', false],
    ])
    expect(await backend.callAs('no such pass', 'audit.sign', {})).toMatchObject({
      failure: { code: 'pass-unknown' },
    })
    expect(await verified(backend)).toMatchObject({ intact: true })
  })

  it('are given another role by an administrator, at once, and one administrator always stays', async () => {
    const backend = await startBackend()
    const [first] = await must(backend.call('actor.list', {}))
    const own = first?.name ?? ''
    expect(await backend.call('actor.set-role', { actor: own, role: 'auditor' })).toMatchObject({
      failure: { code: 'administrator-last', details: { actor: own } },
    })
    await must(backend.call('actor.add', { name: 'Grace', role: 'administrator', passphrase }))
    const { pass } = await must(backend.call('actor.unlock', { actor: 'Grace', passphrase }))
    // What she unlocked as an administrator is worth what she is now.
    await must(backend.call('actor.set-role', { actor: 'grace', role: 'auditor' }))
    expect(
      await backend.callAs(pass, 'actor.set-role', { actor: 'Grace', role: 'administrator' }),
    ).toMatchObject({
      failure: { code: 'not-permitted', details: { role: 'auditor' } },
    })
    await must(backend.call('actor.set-role', { actor: 'Grace', role: 'administrator' }))
    expect(await backend.callAs(pass, 'actor.set-role', { actor: own, role: 'analyst' })).toMatchObject({
      value: { name: own, role: 'analyst' },
    })
    expect(await backend.callAs(pass, 'actor.set-role', { actor: 'Grace', role: 'approver' })).toMatchObject({
      failure: { code: 'administrator-last' },
    })
    const [, stepDown] = await must(backend.call('audit.list', { command: 'actor.set-role' }))
    expect(stepDown).toMatchObject({
      actor: 'Grace',
      outcome: 'done',
      changes: [{ subject: 'actor 1', before: { role: 'administrator' }, after: { role: 'analyst' } }],
    })
  })

  it.each([
    [{ actor: 'nobody', role: 'analyst' }, 'actor-unknown'],
    [{ actor: 'Grace', role: 'king' }, 'role-unknown'],
  ])('are not given a role by %j', async (input, code) => {
    const backend = await startBackend()
    await must(backend.call('actor.add', { name: 'Grace', passphrase }))
    expect(await backend.call('actor.set-role', input)).toMatchObject({ failure: { code } })
  })

  it('leave no passphrase behind', async () => {
    const folder = temporaryFolder()
    const backend = await startBackend(folder)
    await must(backend.call('actor.add', { name: 'Grace', passphrase }))
    await backend.call('actor.add', { name: 'Grace', passphrase })
    const file = new Database(join(folder, 'paddock.sqlite'), { readonly: true })
    expect(file.prepare("SELECT count(*) FROM audit_values WHERE value LIKE '%horse%'").pluck().get()).toBe(0)
    file.close()
  })

  it.each([
    [{ name: ' ', passphrase }, 'actor-malformed'],
    [{ name: 'Grace', passphrase: 'short' }, 'passphrase-short'],
    [{ name: 'Grace', passphrase, role: 'king' }, 'role-unknown'],
  ])('%j is refused', async (input, code) => {
    const backend = await startBackend()
    expect(await backend.call('actor.add', input)).toMatchObject({ failure: { code } })
  })
})
