import { spawnSync } from 'node:child_process'
import { measure, median } from './measure.ts'
import type { NamespaceLab } from './namespace-lab.ts'

/** What others need for the open port alone; Paddock's figure includes identification and the inventory. */
export const tunedNmap = 'nmap -n -Pn -sT -T5 --min-rate 5000 --max-retries 1'
export const ordinaryNmap = 'nmap -n -Pn -sT -T4'
export const masscan = 'masscan --rate 10000 --wait 2'
export type PeerName = typeof tunedNmap | typeof ordinaryNmap | typeof masscan

export type PeerFigures =
  | { readonly ms: number[]; readonly medianMs: number; readonly found: number[]; readonly failed: string[] }
  | { readonly skipped: string }

/** masscan was seen to go on for ever at the end of its work. */
const mostMs = 120_000

/** Another tool in the same laboratory, run by run, so that both sides meet the same weather. */
export interface Peer {
  readonly name: PeerName
  run(): Promise<void>
  figures(): PeerFigures
}

export function createPeer(lab: NamespaceLab, name: PeerName): Peer {
  const [program = '', ...args] = name.split(' ')
  const isThere = spawnSync(program, ['--version']).error === undefined
  const where = name === masscan ? masscanPlace(lab) : ['-p', '11434', '--open', '-oG', '-', lab.block]
  const living = new Set(lab.living)
  const ms: number[] = []
  const found: number[] = []
  const failed: string[] = []
  return {
    name,
    async run() {
      if (!isThere) return
      const done = await measure(...lab.inside(program, ...args, ...where), { killAfterMs: mostMs })
      if (done.code !== 0) {
        failed.push(done.code === null ? `ended after ${mostMs} ms` : done.stderr.slice(-200))
        return
      }
      const named = new Set(done.stdout.match(/10\.78\.\d+\.\d+/g) ?? [])
      ms.push(Math.round(done.ms))
      found.push([...named].filter(address => living.has(address)).length)
    },
    figures: () =>
      isThere
        ? { ms, medianMs: Math.round(median(ms)), found, failed }
        : { skipped: `${program} is not installed` },
  }
}

/** It builds its packets itself, and must be told what the kernel would know. */
function masscanPlace(lab: NamespaceLab): string[] {
  const hardware = ['-e', lab.interface, '--source-ip', lab.ownAddress, '--router-mac', lab.neighbourHardware]
  return [lab.block, '-p11434', ...hardware, '-oL', '-']
}
