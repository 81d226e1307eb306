import { type ProfileName, profiles } from '#shared/domain/profile.ts'
import { median, round } from './measure.ts'
import { createNamespaceLab, type NamespaceLab } from './namespace-lab.ts'
import { type Scanned, scanOnce } from './paddock.ts'
import { createPeer, masscan, ordinaryNmap, type Peer, tunedNmap } from './peers.ts'

export interface NamespaceOptions {
  readonly runs: number
  readonly lossPercent: number
  /** Paddock's profiles beside `fast`, once each. */
  readonly careful: readonly ProfileName[]
}

/** At 50 attempts a second the whole laboratory would take eleven minutes: a sixteenth of it says the same. */
const smallBlock = '10.78.0.0/22'

/** Paddock and the tools others use, on the same simulated network, one after the other in every round. */
export async function benchNamespaces({ runs, lossPercent, careful }: NamespaceOptions): Promise<unknown> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return { skipped: 'needs root on Linux' }
  const lab = await createNamespaceLab()
  try {
    lab.lose(lossPercent)
    const fast = createContender(lab, 'fast')
    const tuned = createPeer(lab, tunedNmap)
    const inEveryRound = [fast, tuned]
    const once = [
      ...careful.map(profile => createContender(lab, profile)),
      createPeer(lab, masscan),
      createPeer(lab, ordinaryNmap),
    ]
    for (let round = 1; round <= runs; round++) await runAll(inEveryRound, `round ${round}`)
    await runAll(once, 'once')
    const all = [...inEveryRound, ...once]
    return {
      lossPercent,
      addresses: 16_384,
      living: lab.living.length,
      figures: Object.fromEntries(all.map(each => [each.name, each.figures()])),
      fastToTunedNmap: ratios(fast.ms, tuned),
    }
  } finally {
    lab.close()
  }
}

async function runAll(
  contenders: readonly { readonly name: string; run(): Promise<void> }[],
  round: string,
): Promise<void> {
  for (const contender of contenders) {
    process.stderr.write(`  ${round}: ${contender.name}\n`)
    await contender.run()
  }
}

function createContender(lab: NamespaceLab, profile: ProfileName) {
  const block = profile === 'gentle' ? smallBlock : lab.block
  const runs: Scanned[] = []
  const labCpuMs: number[] = []
  return {
    name: `paddock --profile ${profile}`,
    get ms() {
      return runs.map(run => Math.round(run.ms))
    },
    async run() {
      const before = await lab.cpuMs()
      runs.push(await scanOnce(block, ['--profile', profile], lab.inside))
      labCpuMs.push((await lab.cpuMs()) - before)
    },
    figures() {
      return {
        block,
        profile: profiles[profile],
        ms: this.ms,
        medianMs: Math.round(median(this.ms)),
        found: runs.map(run => run.report.instances.seen),
        requests: runs.map(run => run.report.requests.total),
        cpuMs: runs.map(run => run.cpuMs),
        labCpuMs: labCpuMs.map(Math.round),
        peakMegabytes: runs.map(run => Math.round((run.peakBytes ?? Number.NaN) / 1024 / 1024)),
      }
    },
  }
}

/** Round by round and of the medians. */
function ratios(fast: readonly number[], tuned: Peer) {
  const figures = tuned.figures()
  if ('skipped' in figures) return figures
  return {
    rounds: fast.map((ms, index) => round(ms / (figures.ms[index] ?? Number.NaN))),
    medians: round(median(fast) / figures.medianMs),
  }
}
