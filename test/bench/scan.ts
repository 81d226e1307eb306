/**
 * How fast the scanner is, beside what a security team would otherwise run. Prints one JSON.
 *
 *   npm run bench:scan [-- --runs <n>] [--part namespaces|loss|loopback|identification|memory]…
 *
 * namespaces  a simulated /18 in network namespaces (needs root): Paddock's profiles, with identification, beside nmap and
 *             masscan, which only ask for the open port; wall time, process start included, and how many of 256 were found
 * loss        the same with 2 % of packets dropped at random in either direction
 * loopback    65,536 refusing addresses
 * identification  hosts with four models each; requests, bytes and processor time for one of them
 * memory      planning and sweeping a whole /8
 */
import { parseArgs } from 'node:util'
import { benchIdentification } from './identification.ts'
import { benchLoopback, benchMemory } from './loopback.ts'
import { benchNamespaces } from './namespaces.ts'

const parts = {
  namespaces: (runs: number) => benchNamespaces(runs, 0),
  loss: (runs: number) => benchNamespaces(runs, 2),
  loopback: benchLoopback,
  identification: benchIdentification,
  memory: benchMemory,
} as const

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, part: { type: 'string', multiple: true } },
})
const chosen = (values.part ?? [
  'namespaces',
  'loss',
  'loopback',
  'identification',
  'memory',
]) as (keyof typeof parts)[]
const result: Record<string, unknown> = {
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
}
for (const part of chosen) {
  process.stderr.write(`${part} …\n`)
  result[part] = await parts[part](Number(values.runs))
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
