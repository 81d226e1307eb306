/**
 * The simulated organisation: some sixty AI servers on loopback that answer like the real ones, for tests, for the demo and
 * for the console's "simulated organisation".
 *
 *   node test/lab/main.ts [--base 127.44.0.0/24] [--ports] [--log requests.jsonl]
 *   node test/lab/main.ts --truth
 *
 *   --base <block>   the loopback block it lives in; 127.44.0.0/24 if not given
 *   --ports          give every host a port of its own on 127.0.0.1 instead of an address (the default on macOS)
 *   --log <file>     append every request it receives, one JSON object a line
 *   --truth          print what a perfect scan would find, as JSON, and exit
 *
 * Also runs as a thread: it then tells its parent the same, or `{"error":…}`, and lives until it is terminated.
 *
 * Once it listens it prints one line of JSON, `{"ready":true,"blocks":[…],"excluded":[…],"ports":[…],"hostCount":n}`, and
 * sends the same to the process that forked it. It stops on SIGTERM or SIGINT, when that process lets go of it, or when
 * its standard input, if that is a pipe, ends. Exit code 2: it could not start, and says why and what to do.
 */
import { createWriteStream, fstatSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parentPort } from 'node:worker_threads'
import { describeLab, type Lab, LabError, type LabOptions, startLab } from './lab.ts'

interface Wishes {
  readonly options: LabOptions
  readonly log: string | undefined
  readonly truth: boolean
}

function readArguments(): Wishes {
  const { values } = parseArgs({
    options: {
      base: { type: 'string' },
      ports: { type: 'boolean' },
      log: { type: 'string' },
      truth: { type: 'boolean' },
    },
  })
  return {
    options: {
      ...(values.base === undefined ? {} : { base: values.base }),
      ...(values.ports === true ? { mode: 'ports' as const } : {}),
    },
    log: values.log,
    truth: values.truth === true,
  }
}

function logRequests(lab: Lab, file: string): void {
  const stream = createWriteStream(file, { flags: 'a' })
  stream.on('error', error => {
    // A log that cannot be written must not take the organisation down with it.
    process.stderr.write(
      `error: ${file} cannot be written: ${error.message}\nnext: Choose another file with --log.\n`,
    )
  })
  lab.follow(record => stream.write(`${JSON.stringify(record)}\n`))
}

function announce(lab: Lab): void {
  const hostCount = lab.hosts.filter(({ scope, ports }) => scope === 'inside' && ports.length > 0).length
  const { blocks, excluded, ports } = lab
  const message = { ready: true, blocks, excluded, ports, hostCount }
  // A thread shares its parent's standard output, which is not its own to write to.
  if (parentPort !== null) {
    parentPort.postMessage(message)
    return
  }
  process.stdout.write(`${JSON.stringify(message)}\n`)
  process.send?.(message)
}

/** Resolves when somebody wants the organisation gone. */
function untilStopped(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
    process.once('disconnect', () => resolve())
    if (stdinIsPipe()) process.stdin.once('end', () => resolve()).resume()
  })
}

function stdinIsPipe(): boolean {
  try {
    const stats = fstatSync(0)
    return stats.isFIFO() || stats.isSocket()
  } catch {
    return false
  }
}

async function main(): Promise<void> {
  const wishes = readArguments()
  // Whoever read the output may be gone; there is nobody left to tell.
  process.stdout.on('error', () => process.exit(0))
  if (wishes.truth) {
    process.stdout.write(`${JSON.stringify(describeLab(wishes.options), null, 2)}\n`)
    return
  }
  const lab = await startLab(wishes.options)
  if (wishes.log !== undefined) logRequests(lab, wishes.log)
  announce(lab)
  if (parentPort !== null) return
  await untilStopped()
  await lab.stop()
  // An IPC channel or a pipe that is still open would keep the process alive.
  process.exit(0)
}

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  if (parentPort !== null) {
    parentPort.postMessage({ error: message })
    return
  }
  const next = error instanceof LabError ? error.next : 'See the usage at the top of test/lab/main.ts.'
  process.stderr.write(`error: ${message}\nnext: ${next}\n`)
  process.exitCode = 2
}

await main().catch(fail)
