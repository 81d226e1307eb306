import { fork } from 'node:child_process'
import { join } from 'node:path'
import { type Figures, figuresOf, readiness } from './figures.ts'
import { median, round } from './measure.ts'
import { here, type Scanned, scanOnce } from './paddock.ts'

const hosts = 2000

interface Run {
  readonly scanned: Scanned
  readonly lab: Figures
}

/**
 * Hosts a second that are found, identified, asked for their models, and written to the inventory, and what one of them
 * costs. The servers run on the same machine: their processor time is told apart.
 */
export async function benchIdentification(runs: number): Promise<unknown> {
  const child = fork(join(import.meta.dirname, 'many-hosts.ts'), [String(hosts)])
  const all: Run[] = []
  try {
    await readiness(child)
    for (let run = 0; run < runs; run++) {
      const before = await figuresOf(child)
      const scanned = await scanOnce('127.92.0.0/20', ['--profile', 'fast', '--rate', '100000'], here)
      const after = await figuresOf(child)
      const { seen } = scanned.report.instances
      if (seen !== hosts) throw new Error(`found ${seen} of ${hosts}`)
      const lab = { cpuMs: after.cpuMs - before.cpuMs, bytesSent: after.bytesSent - before.bytesSent }
      all.push({ scanned, lab })
    }
  } finally {
    child.kill('SIGKILL')
  }
  return summarise(all)
}

function summarise(all: readonly Run[]) {
  const each = (figure: (run: Run) => number) => all.map(figure)
  const perHost = (figure: (run: Run) => number) => round(median(each(figure)) / hosts)
  const perSecond = each(({ scanned }) => Math.round(hosts / (scanned.report.scan.durationMs / 1000)))
  return {
    hosts,
    modelsEach: 4,
    profile: 'fast, --rate 100000',
    perSecond,
    medianPerSecond: Math.round(median(perSecond)),
    forOneHost: {
      requests: perHost(({ scanned }) => scanned.report.requests.total),
      answerBytes: perHost(({ lab }) => lab.bytesSent),
      cpuMs: perHost(({ scanned }) => scanned.cpuMs ?? Number.NaN),
      labCpuMs: perHost(({ lab }) => lab.cpuMs),
    },
    peakMegabytes: each(({ scanned }) => Math.round((scanned.peakBytes ?? Number.NaN) / 1024 / 1024)),
  }
}
