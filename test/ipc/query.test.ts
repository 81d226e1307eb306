import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Backend, openBackend } from '#main/compose.ts'
import { readerFor } from '#main/ipc/reader-affinity.ts'
import { createReaderPool } from '#main/ipc/reader-pool.ts'
import { serve } from '#main/ipc/serve.ts'
import { auditEntriesAfter } from '#main/store/audit-chain.ts'
import { openReader } from '#main/store/open.ts'
import { InstanceRow } from '#shared/domain/instance.ts'
import { must, startBackend, program as testProgram } from '../support/backend.ts'
import { fillFolder } from '../support/fill-folder.ts'
import { temporaryFolder } from '../support/temporary.ts'

const entry = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli.ts')

const slowReader = join(import.meta.dirname, '..', 'support', 'slow-reader.ts')

/** A data folder with imagined instances. */
function filledFolder(count = 120): string {
  const folder = temporaryFolder()
  fillFolder(folder, count)
  return folder
}

function run(folder: string, ...args: string[]) {
  const done = spawnSync(process.execPath, [entry, ...args], {
    env: { ...process.env, PADDOCK_DATA: folder, PADDOCK_LANG: '' },
    encoding: 'utf8',
  })
  return { code: done.status, stdout: done.stdout, stderr: done.stderr }
}

describe('inventory --query', { timeout: 60_000 }, () => {
  const rowsIn = (folder: string, ...args: string[]) =>
    (JSON.parse(run(folder, 'inventory', '--json', ...args).stdout) as unknown[]).map(row =>
      InstanceRow.parse(row),
    )

  it('lists what the query finds, in every format', () => {
    const folder = filledFolder()
    const rows = (...args: string[]) => rowsIn(folder, ...args)
    const all = rows()
    const open = rows('--query', 'access:open tools:yes')
    expect(open.map(row => row.id)).toEqual(
      all.filter(row => row.access === 'open' && row.toolCalling === true).map(row => row.id),
    )
    expect(open.length).toBeGreaterThan(0)
    const without = rows('--query', '-access:open')
    expect(without.length).toBe(all.filter(row => row.access !== 'open').length)
    const csv = run(folder, 'inventory', '--query', 'access:open tools:yes', '--format', 'csv').stdout
    expect(csv.trimEnd().split('\r\n')).toHaveLength(open.length + 1)
    const table = run(folder, 'inventory', '--query', 'access:open tools:yes').stdout
    expect(table.trimEnd().split('\n')).toHaveLength(open.length + 1)
    expect(run(folder, 'inventory', '--query', 'nowhere-to-be-found').stdout).toMatch(/No instance matches/)
  })

  it.each([
    [['--query', 'tools:yes acess:open'], '            ', '^^^^^'.length, /Was "access" meant/],
    [['--query', 'a or'], '      ', 1, /missing here/],
    [['--query', '-access:maybe'], '          ', 5, /never "maybe"/],
    [['--query', '(a', '--lang', 'de'], '  ', 1, /Klammer/],
  ])('%j is refused with the mistake underlined', (args, indent, length, words) => {
    const done = run(temporaryFolder(), 'inventory', ...args)
    expect(done).toMatchObject({ code: 2, stdout: '' })
    expect(done.stderr).toMatch(/^error: .*\nnext: .*\n/)
    expect(done.stderr).toMatch(words)
    const [query, caret] = done.stderr.trimEnd().split('\n').slice(-2)
    expect(query).toBe(`  ${args[1]}`)
    expect(caret).toBe(`${indent}${'^'.repeat(length)}`)
  })

  it('ends as it should where much is left to judge in another thread, read to its end or not', () => {
    const folder = filledFolder(1500)
    const done = run(folder, 'range', 'list')
    expect(done).toMatchObject({ code: 0, stderr: '' })
    const words = [process.execPath, entry, 'inventory', '--data', folder, '--json']
    const line = `${words.map(word => `"${word}"`).join(' ')} | head -c 100`
    const piped = spawnSync('sh', ['-c', line], { encoding: 'utf8' })
    expect(piped).toMatchObject({ status: 0, stderr: '' })
    expect(piped.stdout).toHaveLength(100)
  })

  it('is kept as a view, shown by it, and deleted', () => {
    const folder = filledFolder()
    const rows = (...args: string[]) => rowsIn(folder, ...args)
    const saved = run(folder, 'view', 'save', 'Open ones', '--query', 'access:open', '--json')
    expect(JSON.parse(saved.stdout)).toMatchObject({ name: 'Open ones', query: 'access:open' })
    expect(run(folder, 'view', 'save', 'open ONES', '--query', 'access:open tools:yes').code).toBe(0)
    expect(JSON.parse(run(folder, 'view', 'list', '--json').stdout)).toMatchObject([
      { name: 'open ONES', query: 'access:open tools:yes' },
    ])
    expect(rows('--view', 'Open Ones', '--query', 'tls:no').map(row => row.id)).toEqual(
      rows('--query', 'access:open tools:yes tls:no').map(row => row.id),
    )
    expect(run(folder, 'view', 'save', 'Bad', '--query', '(')).toMatchObject({ code: 2, stdout: '' })
    expect(run(folder, 'view', 'save', ' ', '--query', 'a').stderr).toMatch(/1 to 80 characters/)
    expect(run(folder, 'view', 'save', 'Nothing').code).toBe(2)
    expect(run(folder, 'view', 'delete', 'open ones').code).toBe(0)
    expect(run(folder, 'view', 'delete', 'open ones').stderr).toMatch(/no saved view/)
    expect(JSON.parse(run(folder, 'view', 'list', '--json').stdout)).toEqual([])
    const reader = openReader(folder)
    if (!reader.ok) throw new Error(reader.failure.code)
    const all = auditEntriesAfter(reader.value, { id: 0, limit: 100 })
    const views = all.filter(({ command }) => command.startsWith('view.'))
    const entries = views.map(({ command, outcome }) => `${command} ${outcome}`)
    reader.value.connection.close()
    expect(entries).toEqual([
      ...['view.save done', 'view.save done', 'view.save refused', 'view.save refused'],
      ...['view.delete done', 'view.delete refused'],
    ])
  })
})

describe('the console asks', () => {
  it('for facets, completion and pages that belong together, in threads of their own', async () => {
    const backend = await startBackend(filledFolder(), 2)
    const query = 'access:open'
    const facets = await must(backend.call('inventory.facets', { query }))
    const first = await must(backend.call('inventory.page', { query, limit: 5 }))
    expect(facets).toMatchObject({ total: first.total, version: first.version })
    const next = await must(
      backend.call('inventory.page', { query, start: 5, limit: 5, version: first.version }),
    )
    expect(next.version).toBe(first.version)
    expect(new Set([...first.rows, ...next.rows].map(row => row.id)).size).toBe(10)
    const completion = await must(backend.call('inventory.complete', { query: 'family:qw', cursor: 9 }))
    expect(completion.items.map(item => item.text)).toContain('qwen2')
    expect(await backend.call('inventory.page', { query: 'acess:open' })).toMatchObject({
      ok: false,
      failure: { code: 'query-field-misspelt', details: { query: 'acess:open', start: 0, end: 5 } },
    })
  })

  it('never waits for a question nobody wants answered any more', async () => {
    const dataFolder = filledFolder(10)
    const pool = createReaderPool(testProgram.reader, { dataFolder, program: testProgram }, 1)
    const first = pool.run('inventory.facets', { query: '', most: 5 })
    const giveUp = new AbortController()
    const superseded = pool.run('inventory.facets', { query: 'a', most: 5 }, { signal: giveUp.signal })
    const wanted = pool.run('inventory.facets', { query: 'b', most: 5 })
    giveUp.abort()
    await expect(superseded).rejects.toThrow('cancelled')
    expect(await first).toMatchObject({ ok: true })
    expect(await wanted).toMatchObject({ ok: true })
    await pool.close()
  })

  it('and a running count gives up when a newer question of the window takes its place', async () => {
    const backend = await openBackend({
      dataFolder: filledFolder(3000),
      program: testProgram,
      holderName: 'test',
      readers: 1,
    })
    if (!backend.ok || 'holder' in backend.value) throw new Error('no backend')
    onTestFinished(() => (backend.value as Backend).close(false))
    // As the window does: over a session of its own, from which it takes back what nobody wants any more.
    const waiting = new Map<number, (result: unknown) => void>()
    const session = serve(
      backend.value.call,
      message => {
        if (message.type === 'reply') waiting.get(message.id)?.(message.result)
      },
      error => expect.unreachable(String(error)),
    )
    const replyTo = (id: number) => new Promise<unknown>(resolve => waiting.set(id, resolve))
    const takenBack: unknown[] = []
    // Mostly the reader has nothing else to do, and begins at once; else what was asked was still waiting: once more.
    for (let id = 1; id < 40 && !takenBack.includes('given up'); id += 2) {
      await backend.value.call('inventory.page', { query: '', limit: 1 })
      const replies = [replyTo(id), replyTo(id + 1)]
      session.receive({ type: 'call', id, channel: 'inventory.facets', input: { query: '' } })
      session.receive({ type: 'cancel', id })
      session.receive({
        ...{ type: 'call', id: id + 1, channel: 'inventory.facets' },
        input: { query: 'access:open' },
      })
      const [first, second] = await Promise.all(replies)
      takenBack.push((first as { message?: string }).message)
      expect(first).toMatchObject({ ok: 'error' })
      expect(second).toMatchObject({ ok: true, value: { facets: expect.anything() } })
    }
    expect(takenBack).toContain('given up')
  })

  it('first, and what a reader gets ready for meanwhile gives way and comes again', async () => {
    const asked: string[] = []
    const heard: (() => void)[] = []
    const pool = createReaderPool(slowReader, {}, 1, (_, value) => {
      asked.push(String(value))
      for (const hear of heard.splice(0)) hear()
    })
    onTestFinished(() => pool.close())
    const next = () => new Promise<void>(resolve => heard.push(resolve))
    pool.getReadyFor('model.blast-radius', {})
    // It is busy with what somebody waits for, and then for a while with nothing.
    for (const n of [1, 2]) expect(await pool.run('range.list', { n })).toMatchObject({ value: { n } })
    expect(asked).toEqual(['range.list', 'range.list'])
    await next()
    const again = [3, 4].map(n => pool.run('range.list', { n }))
    expect(await Promise.all(again)).toMatchObject([{ value: { n: 3 } }, { value: { n: 4 } }])
    await next()
    expect(asked).toEqual([
      ...['range.list', 'range.list', 'model.blast-radius'],
      ...['range.list', 'range.list', 'model.blast-radius'],
    ])
  })

  it('the same reader for all pages of a query, and another for its facets', () => {
    for (const query of ['', 'access:open', 'x', 'family:llama']) {
      const page = readerFor('inventory.page', { query, start: 0 }, 2)
      expect(readerFor('inventory.page', { query, start: 500, sort: [] }, 2)).toBe(page)
      expect(readerFor('inventory.outline', { query, start: 4000, version: 1 }, 2)).toBe(page)
      expect(readerFor('inventory.facets', { query }, 2)).not.toBe(page)
    }
    expect(readerFor('range.list', {}, 2)).toBeNull()
  })
})
