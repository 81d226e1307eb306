/**
 * How fast the scanner is, beside what a security team would otherwise run. Prints one JSON.
 *
 *   npm run bench:scan [-- --runs <n>] [--part namespaces|loss|loopback|identification|memory]… [--memory-seconds <n>]
 *
 * namespaces  a simulated /18 in network namespaces (needs root): Paddock's profiles, with identification, beside nmap and
 *             masscan, which only ask for the open port; wall time, process start included, and how many of 256 were found
 * loss        the same with 2 % of packets dropped at random in either direction
 * loopback    65,536 refusing addresses
 * identification  hosts with four models each; requests, bytes and processor time for one of them
 * memory      planning a whole /8 and sweeping it until the time is over (60 s)
 *
 * It runs the program as it is built in out/. Peers that are not installed are left out, and it says so.
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { benchIdentification } from './identification.ts'
import { benchLoopback, benchMemory } from './loopback.ts'
import { benchNamespaces } from './namespaces.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    part: { type: 'string', multiple: true },
    'memory-seconds': { type: 'string', default: '60' },
  },
})
const runs = Number(values.runs)

const parts: Readonly<Record<string, () => Promise<unknown>>> = {
  namespaces: () => benchNamespaces({ runs, lossPercent: 0, careful: ['normal', 'gentle'] }),
  loss: () => benchNamespaces({ runs, lossPercent: 2, careful: [] }),
  loopback: () => benchLoopback(runs),
  identification: () => benchIdentification(runs),
  memory: () => benchMemory(Number(values['memory-seconds'])),
}

const result: Record<string, unknown> = {
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cores: availableParallelism(),
}
for (const name of values.part ?? Object.keys(parts)) {
  const part = parts[name]
  if (part === undefined) throw new Error(`no part ${name}: ${Object.keys(parts).join(', ')}`)
  process.stderr.write(`${name} …\n`)
  result[name] = await part()
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
