import { join } from 'node:path'
import { layOut } from '#main/scanner/layout.ts'
import { createThreadSweeper } from '#main/scanner/sweep-threads.ts'
import { profiles } from '#shared/domain/profile.ts'

const t0 = performance.now()
const plan = {
  ...profiles.fast,
  rate: 100000,
  profile: 'fast' as const,
  exclusions: [],
  waits: false,
  seed: 7,
  userAgent: 'Paddock/test',
  blocks: [
    {
      rangeId: 1,
      siteId: 1,
      first: '127.90.0.0',
      last: '127.90.255.255',
      ports: [11999],
      candidates: null,
      windows: null,
      networkRate: null,
      validBefore: 4e12,
      place: null,
      vantage: null,
    },
  ],
}
const layout = layOut(plan)
const js = process.argv[3] ?? join(import.meta.dirname, '../../out/main/sweep-worker.js')
const run = createThreadSweeper(
  js,
  Number(process.argv[2] ?? 2),
)({ plan, watched: [], doneBefore: new Uint8Array(Math.ceil(layout.networkCount / 8)) })
let visited = 0,
  first = 0
for await (const b of run.sweep()) {
  visited += b.visited
  first ||= performance.now()
}
const ms = performance.now() - t0
console.log({
  visited,
  ms: Math.round(ms),
  firstBatch: Math.round(first - t0),
  perSecond: Math.round((65536 / ms) * 1000),
  cpu: process.cpuUsage(),
  rss: process.resourceUsage().maxRSS / 1024,
})
process.exit()
