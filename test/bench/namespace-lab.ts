import { type ChildProcess, execFileSync, fork } from 'node:child_process'
import { join } from 'node:path'
import { figuresOf, readiness } from './figures.ts'

/**
 * Two network namespaces joined by a cable of their own, with no way anywhere else: in the far one 10.78.0.0/18 is local. In
 * each /24 of it 4 addresses answer, 28 refuse and 224 are silent. Needs root.
 */
export interface NamespaceLab {
  readonly block: string
  /** The addresses that answer. */
  readonly living: readonly string[]
  readonly networks: number
  /** A command line that runs in the near namespace. */
  inside(command: string, ...args: string[]): readonly [string, string[]]
  readonly interface: string
  readonly ownAddress: string
  readonly neighbourHardware: string
  /** So many of a hundred packets are lost from now on, in either direction. */
  lose(percent: number): void
  /** Processor time the answering side has used, in milliseconds. */
  cpuMs(): Promise<number>
  close(): void
}

const networks = 64
const livingHosts = [10, 77, 140, 201]
const refusingHosts = Array.from({ length: 28 }, (_, index) => 4 + index * 9).filter(
  host => !livingHosts.includes(host),
)
const lost = 'paddock_lost'

export async function createNamespaceLab(): Promise<NamespaceLab> {
  const near = `paddock-near-${process.pid}`
  const far = `paddock-far-${process.pid}`
  const cable = `pn${process.pid % 100_000}`
  let server: ChildProcess | null = null
  const close = () => {
    process.off('exit', close)
    server?.kill('SIGKILL')
    for (const name of [near, far]) quietly('ip', 'netns', 'del', name)
  }
  // Whatever ends the benchmark, nothing of the laboratory stays behind.
  process.on('exit', close)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
  removeLeftOvers()
  try {
    lay(near, far, cable)
    filter(far)
    server = await answer(far)
  } catch (error) {
    close()
    throw error
  }
  const answering = server
  return {
    block: '10.78.0.0/18',
    living: eachNetwork(net => livingHosts.map(host => `10.78.${net}.${host}`)),
    networks,
    interface: cable,
    ownAddress: '10.77.255.1',
    neighbourHardware: run('ip', '-n', far, '-br', 'link', 'show', `${cable}f`).split(/\s+/)[2] ?? '',
    inside: (command, ...args) => ['ip', ['netns', 'exec', near, command, ...args]],
    lose(percent) {
      for (const name of [near, far]) {
        quietly('ip', 'netns', 'exec', name, 'nft', 'delete', 'table', 'inet', lost)
        if (percent > 0) nft(name, losing(percent))
      }
    },
    cpuMs: async () => (await figuresOf(answering)).cpuMs,
    close,
  }
}

function eachNetwork<T>(of: (net: number) => T[]): T[] {
  return Array.from({ length: networks }, (_, net) => of(net)).flat()
}

function lay(near: string, far: string, cable: string): void {
  run('ip', 'netns', 'add', near)
  run('ip', 'netns', 'add', far)
  run('ip', 'link', 'add', cable, 'netns', near, 'type', 'veth', 'peer', 'name', `${cable}f`, 'netns', far)
  run('ip', '-n', near, 'addr', 'add', '10.77.255.1/30', 'dev', cable)
  run('ip', '-n', far, 'addr', 'add', '10.77.255.2/30', 'dev', `${cable}f`)
  for (const [name, link] of [
    [near, cable],
    [far, `${cable}f`],
    [near, 'lo'],
    [far, 'lo'],
  ] as const) {
    run('ip', '-n', name, 'link', 'set', link, 'up')
  }
  run('ip', '-n', near, 'route', 'add', '10.78.0.0/18', 'via', '10.77.255.2')
  run('ip', '-n', far, 'route', 'add', 'local', '10.78.0.0/18', 'dev', 'lo')
}

/** What answers goes through, what refuses is reset, the rest is dropped. */
function filter(far: string): void {
  const set = (hosts: readonly number[]) =>
    eachNetwork(net => hosts.map(host => `10.78.${net}.${host}`)).join(',')
  nft(
    far,
    `table inet paddock_lab {
      set living { type ipv4_addr; elements = { ${set(livingHosts)} } }
      set refusing { type ipv4_addr; elements = { ${set(refusingHosts)} } }
      chain input {
        type filter hook input priority 0; policy accept;
        ip daddr @living accept
        ip daddr @refusing tcp flags syn reject with tcp reset
        ip daddr 10.78.0.0/18 drop
      }
    }`,
  )
}

function losing(percent: number): string {
  return `table inet ${lost} {
    chain input {
      type filter hook input priority -10; policy accept;
      numgen random mod 100 < ${percent} drop
    }
  }`
}

function nft(name: string, rules: string): void {
  execFileSync('ip', ['netns', 'exec', name, 'nft', '-f', '-'], { input: rules })
}

/** The servers of the living addresses: one process that listens on all of them. */
async function answer(far: string): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'answering.ts'), [], {
    execPath: '/bin/sh',
    execArgv: ['-c', `exec ip netns exec ${far} "${process.execPath}" "$@"`, 'sh'],
  })
  await readiness(child)
  return child
}

/** Namespaces of a benchmark that was killed. Their names end with the number of the process that made them. */
function removeLeftOvers(): void {
  for (const name of run('ip', 'netns', 'list').match(/^paddock-(?:near|far)-\d+/gm) ?? []) {
    if (!isRunning(Number(name.split('-')[2]))) quietly('ip', 'netns', 'del', name)
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { encoding: 'utf8' })
}

function quietly(command: string, ...args: string[]): void {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
  } catch {
    // It was not there: just what is wanted.
  }
}
