import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { must } from '../support/backend.ts'
import { runCommand } from '../support/command-line.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { scanTwoServers } from '../support/two-servers.ts'

const base = '127.131.0.0/28'
const terms = { reason: 'Moves in spring', control: 'Over the VPN only', expires: '2099-03-31' }

const scanned = (folder?: string) => scanTwoServers({ block: base }, folder)

describe('many findings at once', { timeout: 60_000 }, () => {
  it('are chosen row by row, a row standing for its whole group', async () => {
    const backend = await scanned()
    const query = 'status:active'
    const page = await must(backend.call('finding.page', { query, grouped: true }))
    const [advised, plain] = [
      page.rows.find(row => row.count > 1),
      page.rows.find(row => row.rule === 'no-tls'),
    ]
    if (advised === undefined || plain === undefined) throw new Error('no such rows')
    const rows = [advised.id, plain.id]
    const chosen = await must(backend.call('finding.select', { query, rows, grouped: true }))
    expect(chosen.total).toBe(advised.count + 1)
    expect(new Set(chosen.findings.map(({ instance }) => instance))).toEqual(
      new Set([advised.instanceId, plain.instanceId]),
    )
    const single = await must(backend.call('finding.select', { query, rows }))
    expect(single.findings.map(({ id }) => id).sort()).toEqual([...rows].sort())
    const rest = await must(backend.call('finding.select', { query, except: rows, grouped: true }))
    expect(rest.total).toBe(page.findings - chosen.total)
    expect(await must(backend.call('finding.select', { query: 'status:resolved', rows }))).toMatchObject({
      total: 0,
    })
  })

  it('get exceptions of their own on the same terms, in one entry, and what is asked for already is left out', async () => {
    const backend = await scanned()
    const query = 'rule:no-tls,unauthenticated status:active'
    const { findings, at } = await must(backend.call('finding.select', { query }))
    const ids = findings.map(({ id }) => id)
    const [first] = ids
    if (first === undefined) throw new Error('none')
    await must(backend.call('exception.request', { finding: first, ...terms }))
    const many = { findings: ids, seenAt: at, ...terms }
    expect(await backend.call('exception.request-all', { ...many, expires: '2001-01-01' })).toMatchObject({
      failure: { code: 'exception-over' },
    })
    expect(await must(backend.call('exception.request-all', many))).toEqual({
      requested: ids.length - 1,
      refused: 1,
      expiresOn: (await must(backend.call('exception.limit', {}))).latest,
    })
    const register = await must(backend.call('exception.list', {}))
    expect(register.map(({ finding }) => finding).sort()).toEqual([...ids].sort())
    expect(register.every(({ status, reason }) => status === 'requested' && reason === terms.reason)).toBe(
      true,
    )
    const [entry] = await must(
      backend.call('audit.list', { command: 'exception.request-all', outcome: 'done' }),
    )
    expect(entry?.changeCount).toBe(ids.length - 1)
    expect(await must(backend.call('audit.verify', {}))).toMatchObject({ intact: true })
    const file = new Database(join(backend.dataFolder, 'paddock.sqlite'))
    file.prepare("UPDATE exceptions SET expires_on = '2999-01-01' WHERE finding_id = ?").run(ids.at(-1))
    file.close()
    expect(await must(backend.call('audit.verify', {}))).toMatchObject({
      intact: false,
      problem: { entry: entry?.id, damage: 'exception-altered' },
    })
  })

  it('get none where one of them has moved since somebody looked', async () => {
    const backend = await scanned()
    const { findings, at } = await must(backend.call('finding.select', { query: 'rule:no-tls' }))
    const ids = findings.map(({ id }) => id)
    await new Promise(resolve => setTimeout(resolve, 5))
    await must(backend.call('finding.move', { id: ids[0] ?? (0 as never), step: 'start' }))
    expect(
      await backend.call('exception.request-all', { findings: ids, seenAt: at, ...terms }),
    ).toMatchObject({ failure: { code: 'findings-changed' } })
    expect(await must(backend.call('exception.list', {}))).toEqual([])
  })

  it('are moved, assigned and excepted on the command line', async () => {
    const folder = temporaryFolder()
    const backend = await scanned(folder)
    const { findings } = await must(backend.call('finding.select', { query: 'rule:no-tls' }))
    const [a = 0, b = 0] = findings.map(({ id }) => id as number)
    await backend.close()
    const run = async (...args: string[]) => {
      const done = await runCommand(folder, ...args, '--json')
      return { code: done.code, value: done.code === 0 ? JSON.parse(done.stdout) : done.stderr }
    }
    expect(await run('finding', 'move', `${a}`, `${b}`, 'start')).toEqual({
      code: 0,
      value: { moved: 2, refused: 0 },
    })
    expect(await run('finding', 'move', `${a}`, '99999', 'fixed')).toMatchObject({
      value: expect.stringContaining('99999'),
    })
    const people = join(folder, 'people.csv')
    writeFileSync(people, 'name\nAda Lovelace\n')
    await run('owner', 'import', people)
    expect(await run('assign', '--findings', 'rule:no-tls', '--owner', '1')).toMatchObject({
      value: { assigned: 2, refused: 0 },
    })
    expect((await run('assign', '--findings', 'rule:no-tls', '--query', 'x', '--owner', '1')).code).toBe(2)
    const asked = ['--reason', 'r', '--control', 'c', '--expires', '2099-03-31']
    expect(await run('exception', 'request', '--finding', `${a}`, '--finding', `${b}`, ...asked)).toEqual({
      code: 0,
      value: { requested: 2, refused: 0, expiresOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
    })
    expect(await run('exception', 'request', '--query', 'rule:no-tls', ...asked)).toMatchObject({
      code: 2,
      value: expect.stringMatching(/^error: All 2 were refused/m),
    })
  })
})
