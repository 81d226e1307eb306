import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { Exception } from '#shared/domain/exception.ts'
import { Finding } from '#shared/domain/finding.ts'
import { startHosts } from '../support/ollama-hosts.ts'
import { temporaryFolder } from '../support/temporary.ts'

const entry = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli.ts')
const base = '127.76.0.0/28'

interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

function run(folder: string, ...args: string[]): Promise<Run> {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...process.env, PADDOCK_DATA: folder, PADDOCK_LANG: '' },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', chunk => (stdout += chunk))
  child.stderr.on('data', chunk => (stderr += chunk))
  return new Promise(resolve => child.once('close', code => resolve({ code, stdout, stderr })))
}

async function json<T>(folder: string, ...args: string[]): Promise<T> {
  const done = await run(folder, ...args, '--json')
  expect(done.code, done.stderr).toBe(0)
  return JSON.parse(done.stdout) as T
}

describe('governance on the command line', () => {
  it('goes from a finding to an exception that lapses, with an audit that notices tampering', async () => {
    const folder = temporaryFolder()
    const file = (name: string, text: string) => {
      const path = join(folder, name)
      writeFileSync(path, text)
      return path
    }
    const secret = file('grace.txt', 'correct horse battery\n')
    const asGrace = ['--as', 'Grace', '--passphrase-file', secret]
    expect(
      await json(folder, 'actor', 'add', 'Grace', '--role', 'approver', '--passphrase-file', secret),
    ).toMatchObject({
      name: 'Grace',
      hasPassphrase: true,
    })
    const people = file(
      'people.csv',
      'Name;E-Mail;Art\nAda Lovelace;ada@example.org;Person\nPlatform;;Team\n;x@example.org;\n',
    )
    expect(await json(folder, 'owner', 'import', people)).toMatchObject({
      id: 1,
      added: 2,
      rejected: [{ line: 4, reason: 'name-missing' }],
    })
    expect(await json<unknown[]>(folder, 'owner', 'list')).toHaveLength(2)

    await json(folder, 'range', 'add', base, '--site', 'Lab', '--authorised-by', 'Ada', '--reference', 'T-1')
    const old = [{ at: 1, version: '0.9.6', models: ['llama3.2:3b'] }]
    const hosts = await startHosts(base, old)
    await json(folder, 'scan')
    const findings = (await json<unknown[]>(folder, 'finding', 'list')).map(each => Finding.parse(each))
    expect(findings[0]).toMatchObject({
      rule: 'tools-unauthenticated',
      severity: 'critical',
      status: 'open',
      port: 11434,
    })
    const found = await json<unknown[]>(folder, 'finding', 'list', '--query', 'version:0.9.6')
    expect(found).toEqual(findings)
    expect(await json(folder, 'finding', 'list', '--query', 'version>0.10')).toEqual([])
    expect(await json(folder, 'assign', '--query', 'version>0.10', '--owner', '1')).toMatchObject({
      assigned: 0,
    })
    expect(
      await json(
        folder,
        'assign',
        '--query',
        'version<0.10 tools:yes',
        '--owner',
        'ada@example.org',
        '--duty',
        'technical',
      ),
    ).toMatchObject({
      assigned: 1,
      unchanged: 0,
      refused: 0,
    })
    expect(await json<unknown[]>(folder, 'ownership', 'list', '--state', 'unowned')).toEqual([])
    const finding = findings.find(each => each.rule === 'unauthenticated')
    const id = String(finding?.id)

    const ask = [
      'exception',
      'request',
      '--finding',
      id,
      '--reason',
      'Demo',
      '--control',
      'Lab network only',
      '--expires',
    ]
    expect((await run(folder, ...ask, 'never')).code).toBe(2)
    expect((await run(folder, ...ask.slice(0, -1))).stderr).toMatch(/--expires is missing/)
    const asked = Exception.parse(await json(folder, ...ask, '2999-12-31'))
    expect(asked).toMatchObject({ status: 'requested', owner: 'Ada Lovelace' })
    expect((await run(folder, 'exception', 'approve', String(asked.id))).stderr).toMatch(/--as <actor>/)
    expect(await json(folder, 'exception', 'approve', String(asked.id), ...asGrace)).toMatchObject({
      status: 'approved',
    })
    expect(await json(folder, 'finding', 'show', id)).toMatchObject({
      status: 'excepted',
      owner: 'Ada Lovelace',
    })
    await hosts.stop()

    const changed = await startHosts(base, [{ at: 1, version: '0.9.6', models: ['llama3.2:3b', 'qwen3:4b'] }])
    expect(await json(folder, 'finding', 'verify', id)).toMatchObject({
      status: 'open',
      reason: 'exception-over',
    })
    expect(await json(folder, 'exception', 'list')).toMatchObject([{ status: 'lapsed', endReason: 'model' }])
    await changed.stop()
    const fixed = await startHosts(base, [
      { at: 1, version: '0.9.6', models: ['llama3.2:3b', 'qwen3:4b'], login: true },
    ])
    expect(await json(folder, 'finding', 'verify', id)).toMatchObject({
      status: 'resolved',
      reason: 'satisfied',
    })
    await fixed.stop()

    const head = file('head.json', (await run(folder, 'audit', 'export', '--head-only', ...asGrace)).stdout)
    const exported = await json<{ entries: unknown[] }>(folder, 'audit', 'export')
    expect(exported.entries.length).toBeGreaterThan(10)
    expect(await json(folder, 'audit', 'verify', '--head', head)).toMatchObject({
      intact: true,
      scans: 3,
      tailChecked: true,
    })
    expect(await json(folder, 'audit', 'list', '--refused')).toMatchObject([
      { command: 'exception.approve' },
      { command: 'exception.request' },
    ])
    const database = new Database(join(folder, 'paddock.sqlite'))
    database.exec(
      "UPDATE audit_values SET value = replace(value, 'Demo', 'Production') WHERE value LIKE '%Demo%'",
    )
    database.close()
    const broken = await run(folder, 'audit', 'verify', '--json')
    expect(broken.code).toBe(4)
    expect(JSON.parse(broken.stdout)).toMatchObject({ intact: false, problem: { damage: 'value-altered' } })
    expect((await run(folder, '--lang', 'de', 'audit', 'verify')).stdout).toMatch(
      /Erster fehlerhafter Eintrag/,
    )
  }, 120_000)

  it.each([
    [['policy', 'list'], 0, /tools-unauthenticated\s+critical/],
    [['policy', 'show', 'origins-open'], 0, /Verify: .*curl/],
    [['--lang', 'de', 'policy', 'show', 'no-tls'], 0, /Kein TLS/],
    [['policy', 'show', 'nonsense'], 2, /There is no rule nonsense/],
    [['policy', 'set', 'unowned', '--param', 'days=3'], 0, /unowned: in force yes/],
    [['policy', 'set', 'unowned', '--param', 'days=soon'], 2, /Its parameters: days=7/],
    [['policy', 'set'], 2, /needs more/],
    [['finding', 'list'], 0, /no such finding/],
    [['finding', 'list', '--status', 'closed'], 2, /awaiting-verification/],
    [['finding', 'verify', '7'], 2, /no finding 7/],
    [['finding', 'move', '1', 'forget'], 2, /start, fixed, reopen, retire/],
    [['exception', 'list'], 0, /no exception/],
    [['exception', 'approve', 'x'], 2, /no exception x/],
    [['assign', '--owner', '1'], 2, /assign needs more/],
    [['ownership', 'accept'], 2, /needs more/],
    [['audit', 'verify', '--head', '/nowhere'], 2, /cannot be read/],
    [['actor', 'list', '--as', 'Nobody', '--passphrase-file', '/dev/null'], 2, /no actor Nobody/],
    [['actor', 'list', '--as', 'Nobody'], 2, /A passphrase is needed/],
  ])('%j ends with %i', async (args, code, words) => {
    const done = await run(temporaryFolder(), ...args)
    expect(done.code, done.stderr).toBe(code)
    expect(`${done.stdout}${done.stderr}`).toMatch(words)
    if (code === 2) expect(done.stderr).toMatch(/^error: .*\nnext: /)
  })

  it('tries own rules before they are in force', async () => {
    const folder = temporaryFolder()
    const text = { en: 'Lab only', de: 'Nur im Labor' }
    const rule = {
      key: 'lab-only',
      brokenWhen: "zone != 'lab'",
      severity: 'low',
      title: text,
      rationale: text,
      remedy: {},
    }
    const path = join(folder, 'rule.json')
    const write = (change: object) => writeFileSync(path, JSON.stringify({ ...rule, ...change }))
    const cases = [{ name: 'in a server network', facts: {}, expect: 'broken' }]
    write({ cases })
    expect((await run(folder, 'policy', 'test', path)).code).toBe(0)
    write({ cases: [{ ...cases[0], expect: 'satisfied' }] })
    const wrong = await run(folder, 'policy', 'test', path)
    expect(wrong.code).toBe(4)
    expect(wrong.stdout).toMatch(/✗ in a server network: expected satisfied, found broken/)
    write({ brokenWhen: "zon != 'lab'" })
    const misspelt = await run(folder, 'policy', 'test', path)
    expect(misspelt.stdout).toMatch(/brokenWhen, character 1: Unknown variable: zon/)
    expect(misspelt.stdout).toMatch(/\n {4}zon != 'lab'\n {4}\^+\n/)
    expect((await run(folder, 'policy', 'set', '--file', path)).code).toBe(2)
    write({ cases })
    expect(await json(folder, 'policy', 'set', '--file', path)).toMatchObject([
      { key: 'lab-only', enabled: true },
    ])
  }, 30_000)
})
