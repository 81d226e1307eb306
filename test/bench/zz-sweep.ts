import { join } from 'node:path'
import { layOut } from '#main/scanner/layout.ts'
import { createThreadSweeper } from '#main/scanner/sweep-threads.ts'
import { profiles } from '#shared/domain/profile.ts'

const t0 = performance.now()
const plan = {
  ...profiles.fast,
  profile: 'fast' as const,
  exclusions: [],
  waits: false,
  seed: Number(process.argv[2] ?? 7),
  userAgent: 'Paddock/test',
  blocks: [
    {
      rangeId: 1,
      siteId: 1,
      first: '10.78.0.0',
      last: '10.78.63.255',
      ports: [11434],
      candidates: null,
      windows: null,
      networkRate: null,
      validBefore: 4e12,
      place: '10.77.255.0/30',
      vantage: null,
    },
  ],
}
const layout = layOut(plan)
const run = createThreadSweeper(
  join(import.meta.dirname, process.argv[4] ?? '../../src/main/sweep-worker.ts'),
  Number(process.argv[3] ?? 2),
)({ plan, watched: [], doneBefore: new Uint8Array(Math.ceil(layout.networkCount / 8)) })
let visited = 0,
  answered = 0,
  seen = 0,
  done = 0
for await (const b of run.sweep()) {
  visited += b.visited
  answered += b.answered
  seen += b.observations.length
  done += b.done.length
  console.log(Math.round(performance.now() - t0), 'share', b.share, {
    visited,
    answered,
    seen,
    done,
    tarpits: b.tarpits.length,
  })
}
console.log('total', performance.now() - t0)
process.exit()
