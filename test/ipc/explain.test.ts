import { describe, expect, it, onTestFinished } from 'vitest'
import { startLab } from '#lab/lab.ts'
import { fronts } from '#lab/organisation/fronts.ts'
import { organisation } from '#lab/organisation/organisation.ts'
import { Explanation } from '#shared/domain/explanation.ts'
import { ScanReport } from '#shared/domain/scan.ts'
import { runCommand } from '../support/command-line.ts'
import { temporaryFolder } from '../support/temporary.ts'

const base = '127.120.9.0/24'

async function start() {
  const places = [63, 105, 120, 149, 200, 201, 203, 220]
  const lab = await startLab({
    base,
    hosts: [...organisation, ...fronts].filter(({ at }) => places.includes(at)),
  })
  onTestFinished(() => lab.stop())
  const folder = temporaryFolder()
  const terms = ['--site', 'Plant', '--authorised-by', 'Ada', '--reference', 'T-1']
  await runCommand(folder, 'range', 'add', base, ...terms)
  const explain = async (place: number) => {
    const done = await runCommand(folder, 'scan', '--explain', `127.120.9.${place}`, '--json')
    expect(done.code, done.stderr).toBe(0)
    const { explanation, ...report } = JSON.parse(done.stdout)
    const [target] = Explanation.shape.targets.parse(explanation)
    if (target === undefined) throw new Error('nothing was explained')
    return { report: ScanReport.parse(report), target }
  }
  return { lab, folder, explain }
}

describe('scan --explain', () => {
  it('shows every question as it reached the host, and how the confidence comes about', async () => {
    const { lab, folder, explain } = await start()
    const { report, target } = await explain(63)
    expect(target).toMatchObject({ address: '127.120.9.63', port: 11434, outcome: 'answered', reason: null })
    const told = target.questions.filter(({ kind }) => kind !== 'tls').map(({ request }) => request)
    expect(told).toEqual(lab.requests.map(({ method, path }) => `${method} ${path}`))
    expect(target.questions.filter(({ kind }) => kind === 'show').map(({ about }) => about)).toContain(
      'helpdesk:v2',
    )
    expect(report.requests.total).toBe(target.questions.length)
    const shown = await runCommand(folder, 'scan', 'show', String(report.scan.id), '--json')
    expect(JSON.parse(shown.stdout)).toMatchObject({ explained: true })
    expect(target.questions.every(({ status, bytes }) => status !== null && bytes >= 0)).toBe(true)
    const [first] = target.considered
    expect(first).toMatchObject({ basePath: '', product: 'ollama', confidence: 100 })
    const points = first?.signals.reduce((sum, signal) => sum + signal.points, 0) ?? 0
    expect(Math.max(0, Math.min(100, points))).toBe(first?.confidence)
    expect(target.found).toMatchObject([{ product: 'ollama', suspected: null, confidence: 100 }])
    expect(target.found[0]?.endpoint.exposure.length).toBeGreaterThan(10)
    // Nobody else was touched.
    expect(new Set(lab.connections.map(({ address }) => address))).toEqual(new Set(['127.120.9.63']))
  })

  it('explains what is no instance too', async () => {
    const { explain } = await start()
    const web = await explain(200)
    expect(web.target).toMatchObject({ outcome: 'answered', found: [] })
    expect(web.target.questions.map(({ request }) => request)).toEqual([
      'GET /',
      'GET /api/version',
      'GET /api/tags',
      'GET /v1/models',
      'GET /ollama/api/version',
    ])
    const ssh = await explain(201)
    expect(ssh.target.questions).toMatchObject([{ request: 'GET /', failure: 'malformed' }])
    expect((await explain(203)).target).toMatchObject({
      outcome: 'failed',
      questions: [{ failure: 'timed-out' }],
    })
    expect((await explain(220)).target).toMatchObject({
      outcome: 'refused',
      reason: 'ECONNREFUSED',
      questions: [],
    })
  })

  it('names each way in it found, and what else it thought of', async () => {
    const { explain } = await start()
    expect((await explain(120)).target.found.map(({ endpoint }) => endpoint.basePath)).toEqual(['/ollama'])
    const { target } = await explain(149)
    expect(target.considered.map(({ basePath, product }) => [basePath, product])).toEqual(
      expect.arrayContaining([
        ['', 'open-webui'],
        ['/ollama', 'unknown'],
      ]),
    )
    expect(target.found.map(({ product, endpoint }) => [product, endpoint.basePath])).toEqual([
      ['open-webui', ''],
      ['unknown', '/ollama'],
    ])
  })

  it('in words, the same', async () => {
    const { folder } = await start()
    const { code, stdout } = await runCommand(folder, 'scan', '--explain', '127.120.9.105')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^127\.120\.9\.105:11434 {2}answered$/m)
    expect(stdout).toMatch(/^GET \/api\/tags +200 +\d+ +[\d.]+$/m)
    expect(stdout).toMatch(/^Ollama at \/: \d+ of 100$/m)
    expect(stdout).toMatch(/^ +25 {2}first page says exactly/m)
    expect(stdout).toMatch(
      /^Conclusion: Ollama, confidence \d+ of 100, version 0\.32\.15 \(instance \d+\)\.$/m,
    )
    expect(stdout).toMatch(/^ {2}Model management +reachable;/m)
    expect(stdout).toMatch(/^Scan 1 finished/m)
  })

  it.each([
    [['127.120.9.0/30'], /explains itself for one address, not for "127\.120\.9\.0\/30"/],
    [['127.120.9.63', '--range', '127.120.9.64'], /explains itself for one address/],
    [['127.120.10.1'], /error: /],
    [['nonsense'], /explains itself for one address/],
  ])('is refused for %j, and nothing is sent', async (args, message) => {
    const { lab, folder } = await start()
    const done = await runCommand(folder, 'scan', '--explain', ...args)
    expect([done.code, done.stdout]).toEqual([2, ''])
    expect(done.stderr).toMatch(message)
    expect(lab.connections).toEqual([])
  })
})
