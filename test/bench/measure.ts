import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Measured {
  readonly ms: number
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** Peak resident memory of the process, where the system tells (Linux). */
  readonly peakBytes: number | null
  /** Processor time it has used, all threads; where the system tells. */
  readonly cpuMs: number | null
}

export interface MeasureOptions {
  /** Interrupts it, as Ctrl-C would, after this time. */
  readonly stopAfterMs?: number
  /** Ends it for good after this time: `code` is then null. */
  readonly killAfterMs?: number
}

/** Runs a command to its end: wall time from before it is started, and the most memory it had. */
export function measure(
  command: string,
  args: readonly string[],
  { stopAfterMs, killAfterMs }: MeasureOptions = {},
): Promise<Measured> {
  const started = performance.now()
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  let usage: Usage = { peakBytes: null, cpuMs: null }
  child.stdout.on('data', chunk => (stdout += chunk))
  child.stderr.on('data', chunk => (stderr += chunk))
  const sampling = setInterval(() => {
    usage = usageOf(child.pid) ?? usage
  }, 20)
  const stopping = stopAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGINT'), stopAfterMs)
  const killing = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => {
      clearInterval(sampling)
      clearTimeout(stopping)
      clearTimeout(killing)
      resolve({ ms: performance.now() - started, code, stdout, stderr, ...usage })
    })
  })
}

type Usage = Pick<Measured, 'peakBytes' | 'cpuMs'>

/** proc(5): `VmHWM` in kB; user and system time in hundredths of a second, the 12th and 13th field after the name. */
function usageOf(pid: number | undefined): Usage | null {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return peak === undefined
      ? null
      : { peakBytes: Number(peak) * 1024, cpuMs: (Number(fields[11]) + Number(fields[12])) * 10 }
  } catch {
    return null
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** Two digits behind the point: more would be noise. */
export function round(value: number): number {
  return Math.round(value * 100) / 100
}
