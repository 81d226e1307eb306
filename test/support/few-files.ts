import { plannedBlock, scanPlan } from './scanning.ts'
import { sweepAll } from './sweeping.ts'

// Sweeps two networks and tells what came of it; run with few open files allowed.
const [port = '0'] = process.argv.slice(2)
const plan = scanPlan({
  blocks: [plannedBlock('127.112.16.0', '127.112.17.255', { ports: [Number(port)] })],
  concurrency: 4096,
})
const { outcomes, observations, networksDone } = await sweepAll(plan)
process.stdout.write(
  JSON.stringify({ outcomes, found: observations.map(each => each.target.address), networksDone }),
)
