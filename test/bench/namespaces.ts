import { spawnSync } from 'node:child_process'
import { profiles } from '#shared/domain/profile.ts'
import { measure, median, round } from './measure.ts'
import { createNamespaceLab, type NamespaceLab } from './namespace-lab.ts'
import { scanOnce } from './paddock.ts'

/** What others need for the open-port question alone; Paddock's figure includes identification and the inventory. */
const peers = {
  'nmap -sT -T5 --min-rate 5000 --max-retries 1': [
    'nmap',
    '-n',
    '-Pn',
    '-sT',
    '-T5',
    '--min-rate',
    '5000',
    '--max-retries',
    '1',
  ],
  'nmap -sT -T4': ['nmap', '-n', '-Pn', '-sT', '-T4'],
} as const

export async function benchNamespaces(runs: number, lossPercent: number): Promise<unknown> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return { skipped: 'needs root on Linux' }
  const lab = await createNamespaceLab()
  try {
    lab.lose(lossPercent)
    const paddock = {
      fast: await benchProfile(lab, 'fast', runs),
      ...(lossPercent === 0 && { normal: await benchProfile(lab, 'normal', 1) }),
    }
    const others = Object.fromEntries(await benchPeers(lab, lossPercent === 0 ? runs : 1))
    const tuned = others['nmap -sT -T5 --min-rate 5000 --max-retries 1']?.medianMs
    return {
      lossPercent,
      addresses: 16_384,
      living: lab.living.length,
      paddock,
      others,
      ...(tuned !== undefined && { fastToTunedNmap: round(paddock.fast.medianMs / tuned) }),
    }
  } finally {
    lab.close()
  }
}

async function benchProfile(lab: NamespaceLab, profile: keyof typeof profiles, runs: number) {
  const ms: number[] = []
  const found: number[] = []
  const before = await lab.cpuMs()
  let requests = 0
  for (let run = 0; run < runs; run++) {
    const scanned = await scanOnce(lab.block, ['--profile', profile], lab.inside)
    ms.push(Math.round(scanned.ms))
    found.push(scanned.report.instances.seen)
    requests = scanned.report.requests.total
  }
  const labCpuMs = Math.round(((await lab.cpuMs()) - before) / runs)
  return { profile: profiles[profile], ms, medianMs: Math.round(median(ms)), found, requests, labCpuMs }
}

async function benchPeers(lab: NamespaceLab, runs: number) {
  const results: [
    string,
    { ms: number[]; medianMs: number; found: number[] } | { skipped: string; medianMs?: number },
  ][] = []
  for (const [name, [program, ...args]] of Object.entries(peers)) {
    const times = name.endsWith('-T4') ? 1 : runs
    results.push([
      name,
      await benchPeer(lab, times, program, ...args, '-p', '11434', '--open', '-oG', '-', lab.block),
    ])
  }
  const masscan = [
    'masscan',
    lab.block,
    '-p11434',
    '--rate',
    '10000',
    '--wait',
    '2',
    '-e',
    lab.interface,
    '--source-ip',
    lab.ownAddress,
    '--router-mac',
    lab.neighbourHardware,
    '-oL',
    '-',
  ]
  results.push(['masscan --rate 10000', await benchPeer(lab, runs, ...(masscan as [string, ...string[]]))])
  return results
}

async function benchPeer(lab: NamespaceLab, runs: number, program: string, ...args: string[]) {
  if (spawnSync(program, ['--version']).error !== undefined) return { skipped: `${program} is not installed` }
  const ms: number[] = []
  const found: number[] = []
  for (let run = 0; run < runs; run++) {
    const [command, all] = lab.inside(program, ...args)
    const done = await measure(command, all)
    ms.push(Math.round(done.ms))
    const living = new Set(lab.living)
    const named = new Set(done.stdout.match(/10\.78\.\d+\.\d+/g) ?? [])
    found.push([...named].filter(address => living.has(address)).length)
  }
  return { ms, medianMs: Math.round(median(ms)), found }
}
