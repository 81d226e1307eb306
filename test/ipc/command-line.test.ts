import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startLab } from '#lab/lab.ts'
import type { AdvisoriesInForce, AdvisoryStatus } from '#shared/domain/advisory-match.ts'
import { InstanceRow } from '#shared/domain/instance.ts'
import { ScanReport } from '#shared/domain/scan.ts'
import { temporaryFolder } from '../support/temporary.ts'

const entry = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli.ts')

interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

function start(
  folder: string,
  args: readonly string[],
): { child: ChildProcessWithoutNullStreams; done: Promise<Run> } {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...process.env, PADDOCK_DATA: folder, PADDOCK_LANG: '' },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', chunk => (stdout += chunk))
  child.stderr.on('data', chunk => (stderr += chunk))
  return {
    child,
    done: new Promise(resolve => child.once('close', code => resolve({ code, stdout, stderr }))),
  }
}

const run = (folder: string, ...args: string[]): Promise<Run> => start(folder, args).done

/** Runs a command with --json and reads its one value. */
async function json<T>(folder: string, ...args: string[]): Promise<T> {
  const done = await run(folder, ...args, '--json')
  expect(done.code, done.stderr).toBe(0)
  return JSON.parse(done.stdout) as T
}

const add = (block: string, ...more: string[]) => [
  ...['range', 'add', block, '--site', 'Plant 7', '--authorised-by', 'Ada', '--reference', 'SEC-1'],
  ...more,
]

describe('the command line', () => {
  it('does the whole chain: register, scan, list, look closer', async () => {
    const lab = await startLab({ base: '127.91.0.0/24' })
    onTestFinished(() => lab.stop())
    const folder = temporaryFolder()
    await json(folder, ...add('127.91.0.0/24', '--exclude', lab.excluded[0] ?? ''))
    const sites = await json<{ name: string }[]>(folder, 'site', 'list')
    expect(sites.map(site => site.name)).toEqual(['Plant 7'])
    const report = ScanReport.parse(await json(folder, 'scan', '--rate', '5000'))
    const instances = lab.truth().filter(each => each.kind === 'instance' && each.port === 11434)
    expect(report.instances.seen).toBe(instances.length)

    const rows = (await json<unknown[]>(folder, 'inventory')).map(row => InstanceRow.parse(row))
    const places = rows.map(row => row.address.split('.').map(Number))
    expect(places).toEqual([...places].sort((a, b) => (a[3] ?? 0) - (b[3] ?? 0)))
    expect((await run(folder, 'inventory', '--format', 'json')).stdout).toBe(
      (await run(folder, 'inventory', '--json')).stdout,
    )
    const csv = (await run(folder, 'inventory', '--format', 'csv')).stdout.trimEnd().split('\r\n')
    expect(csv).toHaveLength(rows.length + 1)
    expect(csv[0]).toMatch(/^id,site,zone,address,port,product,/)

    const first = rows[0]
    const detail = await json<{ id: number; endpoints: { evidence: unknown[]; signals: unknown[] }[] }>(
      folder,
      'instance',
      `${first?.address}:11434`,
    )
    expect(detail.id).toBe(first?.id)
    expect(detail.endpoints[0]?.evidence.length).toBeGreaterThan(4)
    expect(await json(folder, 'instance', String(first?.id))).toEqual(detail)
    expect((await run(folder, 'instance', '127.91.0.250:11434')).code).toBe(2)
    const dated = rows.find(row => row.advisories !== null && row.advisories > 1)
    expect((await run(folder, 'instance', String(dated?.id))).stdout).toContain(
      `Version ${dated?.version} is in the affected range of ${dated?.advisories} advisories`,
    )
    const scans = await json<unknown[]>(folder, 'scan', 'list')
    expect(scans).toEqual([report])
    expect(await json(folder, 'scan', 'show', String(report.scan.id))).toMatchObject({
      startedBy: expect.any(String),
      ...report,
    })
    expect((await json<unknown[]>(folder, 'allow-list')).length).toBeGreaterThan(10)
  }, 60_000)

  it('understands --json and --data in any position', async () => {
    const folder = temporaryFolder()
    await run(folder, ...add('127.91.0.0/28'))
    const other = temporaryFolder()
    for (const args of [
      ['--json', '--data', folder, 'range', 'list'],
      ['range', '--data', folder, 'list', '--json'],
      ['range', 'list', '--json', `--data=${folder}`],
    ]) {
      expect(JSON.parse((await run(other, ...args)).stdout)).toHaveLength(1)
    }
  })

  it.each(['en', 'de'])('has words for every command in its help: %s', async language => {
    const { stdout } = await run(temporaryFolder(), 'help', '--lang', language)
    expect(stdout.match(/ {6}help\..*/g)).toBeNull()
    expect(stdout.match(/^ {2}paddock /gm)?.length).toBeGreaterThan(100)
  })

  it.each([
    [[], 0, /paddock range add/],
    [['--help'], 0, /paddock range add/],
    [['frobnicate'], 2, /error: There is no command "frobnicate"/],
    [['site', 'list', '--lang', 'xx'], 2, /error: There is no language "xx"/],
    [['range', 'add'], 2, /next: paddock range add <CIDR/],
    [['range', 'list', 'extra'], 2, /does not know what to do with "extra"/],
    [['range', 'list', '--nonsense'], 2, /error: Unknown option '--nonsense'/],
    [['inventory', '--site', 'x'], 2, /has no option --site/],
    [['inventory', '--format', 'xml'], 2, /table, json, csv/],
    [['scan', '--rate', 'fast'], 2, /error: fast is not a rate/],
    [['scan', '--port'], 2, /error: Option '--port <value>' argument missing/],
    [['scan', 'show', 'x'], 2, /There is no scan x/],
    [['range', 'remove', '9'], 2, /There is no range 9/],
    [['--lang', 'de', 'range', 'remove', '9'], 2, /Im Verzeichnis gibt es keinen Bereich 9/],
    [['scan'], 2, /error: There is nothing to scan.*\nnext: Register a range/s],
    [['version'], 0, /^\d+\.\d+\.\d+$/m],
    [['advisories', 'show'], 0, /Edition \d+ of .*CVE-2026-7482 +< 0\.17\.1 +0\.17\.1/s],
    [['advisories', 'show', 'probllama'], 0, /CVE-2024-37032 \(Probllama\).*Fixed in +0\.1\.34/s],
    [
      ['--lang', 'de', 'advisories', 'show', 'CVE-2026-5757'],
      0,
      /Betroffen +unbekannt.*Behoben in +keine bekannt/s,
    ],
    [['advisories', 'show', 'CVE-1999-0001'], 2, /There is no advisory CVE-1999-0001/],
    [['advisories', 'replace'], 2, /next: paddock advisories replace <file>/],
    [['advisories', 'replace', 'missing.json'], 2, /error: .*missing\.json cannot be read/],
    [['advisories', 'replace', import.meta.filename], 2, /is not a file of advisories Paddock understands/],
    [['advisories', 'reset'], 0, /They came with this Paddock/],
  ])('%j ends with %i', async (args, code, words) => {
    const done = await run(temporaryFolder(), ...args)
    expect(done.code, done.stderr).toBe(code)
    expect(`${done.stdout}${done.stderr}`).toMatch(words)
    if (code === 2) expect(done.stdout).toBe('')
    if (code === 2) expect(done.stderr).toMatch(/^error: .*\nnext: /)
  })

  it('replaces the advisories by a file and judges by it', async () => {
    const folder = temporaryFolder()
    const shipped = await json<AdvisoriesInForce>(folder, 'advisories', 'show')
    const file = join(temporaryFolder(), 'newer.json')
    const [first] = shipped.advisories
    const edition = {
      format: 1,
      product: 'ollama',
      dataVersion: 9,
      date: '2027-02-03',
      readUntil: '2027-02-01',
    }
    writeFileSync(file, JSON.stringify({ ...edition, advisories: [first] }))
    expect((await run(folder, 'advisories', 'replace', file)).stdout).toMatch(
      /^Edition 9 of 2027-02-03, 1 adv/,
    )
    const old = join(temporaryFolder(), 'old.json')
    writeFileSync(old, JSON.stringify({ ...edition, dataVersion: 2, advisories: [first] }))
    const refused = await run(folder, 'advisories', 'replace', old)
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toMatch(/edition 2 .* edition 9 of 2027-02-03, which is newer.*\nnext: .*--older/)
    const status = await json<AdvisoryStatus>(folder, 'advisories', 'replace', old, '--older')
    expect(status).toMatchObject({ origin: 'replaced', edition: { dataVersion: 2 }, count: 1 })
    const { advisories, ...inForce } = await json<AdvisoriesInForce>(folder, 'advisories', 'show')
    expect([inForce, advisories]).toEqual([status, [first]])
    expect((await json<AdvisoryStatus>(folder, 'advisories', 'reset')).edition).toEqual(shipped.edition)
  }, 30_000)

  it('stopped by Ctrl-C says what it saw until then and ends with 3', async () => {
    const folder = temporaryFolder()
    await run(folder, ...add('127.91.0.0/16'))
    const { child, done } = start(folder, ['scan', '--rate', '500', '--json'])
    await new Promise(resolve => setTimeout(resolve, 2500))
    const asked = performance.now()
    child.kill('SIGINT')
    const ended = await done
    expect(performance.now() - asked).toBeLessThan(2500)
    expect(ended.code).toBe(3)
    const report = ScanReport.parse(JSON.parse(ended.stdout))
    expect(report.scan).toMatchObject({ status: 'stopped', reason: 'person' })
    expect(report.coverage.refused).toBeGreaterThan(10)
    expect(report.coverage.notReached).toBeGreaterThan(60_000)
  }, 30_000)

  it('stops a scan that another process runs, which then ends with 3 too', async () => {
    const folder = temporaryFolder()
    await run(folder, ...add('127.91.0.0/16'))
    const scanning = start(folder, ['scan', '--rate', '500', '--json'])
    await new Promise(resolve => setTimeout(resolve, 2500))
    expect(await json(folder, 'scan', 'list')).toMatchObject([
      { scan: { status: 'running', finishedAt: null } },
    ])
    expect((await run(folder, 'scan')).stderr).toMatch(/error: Scan 1 is running/)
    const stopped = ScanReport.parse(await json(folder, 'scan', 'stop'))
    const ended = await scanning.done
    expect(ended.code).toBe(3)
    expect(ScanReport.parse(JSON.parse(ended.stdout))).toEqual(stopped)
    expect((await run(folder, 'scan', 'stop')).code).toBe(2)
  }, 30_000)

  it('of many processes at once loses nothing', async () => {
    const folder = temporaryFolder()
    const blocks = Array.from({ length: 8 }, (_, index) => `127.91.${index}.0/24`)
    const done = await Promise.all(blocks.map(block => run(folder, ...add(block))))
    expect(done.map(each => each.code)).toEqual(blocks.map(() => 0))
    expect(await json<unknown[]>(folder, 'range', 'list')).toHaveLength(8)
  }, 60_000)

  it('names what is wrong with a data folder', async () => {
    const done = await run('/dev/null/nowhere', 'range', 'list')
    expect(done).toMatchObject({ code: 2, stdout: '' })
    expect(done.stderr).toMatch(/^error: The data folder .* cannot be used/)
  })
})
