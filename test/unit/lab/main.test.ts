import { type ChildProcess, fork, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ownBase } from './own-base.ts'
import { get } from './raw-client.ts'

/** The command: what it prints, and when it goes. It needs a Node that runs TypeScript, which is the one of npm scripts. */
const program = join(import.meta.dirname, '../../lab/main.ts')
const node = join(import.meta.dirname, '../../../node_modules/.bin/node')

interface Run {
  readonly process: ChildProcess
  readonly output: { out: string; err: string }
  readonly exit: Promise<number | null>
}

function run(...args: string[]): Run {
  const started = spawn(node, [program, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  const output = { out: '', err: '' }
  started.stdout?.on('data', (chunk: Buffer) => {
    output.out += chunk.toString()
  })
  started.stderr?.on('data', (chunk: Buffer) => {
    output.err += chunk.toString()
  })
  const exit = new Promise<number | null>(resolve => started.once('close', code => resolve(code)))
  return { process: started, output, exit }
}

async function ready({ output }: Run): Promise<Record<string, unknown>> {
  while (!output.out.includes('\n')) await new Promise(resolve => setTimeout(resolve, 10))
  return JSON.parse(output.out) as Record<string, unknown>
}

describe('the lab as a program', () => {
  it('says when it is ready, logs what it is asked, and ends with its standard input', async () => {
    const base = ownBase()
    const log = join(mkdtempSync(join(tmpdir(), 'lab-')), 'requests.jsonl')
    const lab = run('--base', base, '--log', log)
    expect(await ready(lab)).toEqual({
      ready: true,
      blocks: [base],
      excluded: [base.replace('.0/24', '.248/29')],
      ports: [11434],
      hostCount: 67,
    })
    await get(base.replace('.0/24', '.60'), 11434, '/api/version')
    lab.process.stdin?.end()
    expect(await lab.exit).toBe(0)
    const [line = ''] = readFileSync(log, 'utf8').split('\n')
    expect(JSON.parse(line)).toMatchObject({ method: 'GET', path: '/api/version', forbidden: false })
  })

  it('refuses a block that is taken in two lines, with exit code 2', async () => {
    const base = ownBase()
    const first = run('--base', base)
    await ready(first)
    const second = run('--base', base)
    expect(await second.exit).toBe(2)
    expect(second.output.err).toMatch(/^error: \S+:11434 is already in use.*\nnext: .*\n$/)
    first.process.kill('SIGTERM')
    expect(await first.exit).toBe(0)
  })

  it('tells a process that forked it, and goes when that lets go', async () => {
    const base = ownBase()
    const child = fork(program, ['--base', base], { execPath: node, silent: true })
    const message = await new Promise(resolve => child.once('message', resolve))
    expect(message).toMatchObject({ ready: true, blocks: [base] })
    const gone = new Promise(resolve => child.once('exit', resolve))
    child.disconnect()
    expect(await gone).toBe(0)
  })

  it('prints the whole truth, even while another one runs', async () => {
    const base = ownBase()
    const running = run('--base', base)
    await ready(running)
    const lab = run('--base', base, '--truth')
    expect(await lab.exit).toBe(0)
    const truth = JSON.parse(lab.output.out) as { address: string; kind: string }[]
    expect(truth.length).toBeGreaterThan(70)
    expect(truth.every(({ address }) => address.startsWith(base.replace('0/24', '')))).toBe(true)
    running.process.stdin?.end()
    await running.exit
  })

  it('explains itself where it was called wrongly', async () => {
    const lab = run('--bases', 'x')
    expect(await lab.exit).toBe(2)
    expect(lab.output.err).toMatch(/^error: Unknown option '--bases'.*\nnext: /)
  })
})
