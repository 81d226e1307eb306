import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { median, round } from './measure.ts'
import { scanOnce } from './paddock.ts'

const hosts = 2000
const here = (command: string, ...args: string[]) => [command, args] as const

/** Hosts a second that are found, identified, asked for their models, and written to the inventory. */
export async function benchIdentification(runs: number): Promise<unknown> {
  const child = fork(join(import.meta.dirname, 'many-hosts.ts'), [String(hosts)])
  await new Promise(resolve => child.once('message', resolve))
  try {
    const perSecond: number[] = []
    const cpuMs: number[] = []
    const labCpuMs: number[] = []
    let bytes = 0
    let requests = 0
    for (let run = 0; run < runs; run++) {
      const before = await ask(child)
      const { report } = await scanOnce('127.92.0.0/20', ['--profile', 'fast', '--rate', '100000'], here)
      const after = await ask(child)
      if (report.instances.seen !== hosts) throw new Error(`found ${report.instances.seen} of ${hosts}`)
      perSecond.push(Math.round(hosts / (report.scan.durationMs / 1000)))
      labCpuMs.push(after.cpuMs - before.cpuMs)
      bytes = (after.bytes - before.bytes) / hosts
      requests = report.requests.total / hosts
    }
    return {
      hosts,
      modelsEach: 4,
      perSecond,
      median: Math.round(median(perSecond)),
      forOneHost: {
        requests: round(requests),
        answerBytes: Math.round(bytes),
        labCpuMs: round(median(labCpuMs) / hosts),
      },
      ...(cpuMs.length > 0 && { cpuMs }),
    }
  } finally {
    child.kill('SIGKILL')
  }
}

function ask(child: ChildProcess): Promise<{ cpuMs: number; bytes: number }> {
  return new Promise(resolve => {
    child.once('message', message => resolve(message as { cpuMs: number; bytes: number }))
    child.send('figures')
  })
}
