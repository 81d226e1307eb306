import { blastRadius } from '#main/services/blast-radius.ts'
import { compareScans } from '#main/services/compare-scans.ts'
import type { Reading } from '#main/services/context.ts'
import { showTimeline } from '#main/services/timeline.ts'
import type { ScanId } from '#shared/ids.ts'
import { askInventory, must, repeat, rounded } from './ask-inventory.ts'
import { percentileOf, timed } from './taken.ts'

const queries = [
  '',
  'tools:yes access:open',
  'tools:yes access:open owner:none version<0.12 lastSeen<30d -family:bert',
  'family:llama family:qwen2',
  '-family:llama',
  'quantization:Q4_K_M',
  'capability:vision,thinking',
  'parameters>30b size>10gb',
  'model:own',
  'qwen2 plant',
  'address:10.0.0.0/16',
  'presence:gone',
  'firstSeen<90d risk:critical',
  'site:"Plant 1"',
] as const

/** Asks everything a person asks of a large inventory, several times, and says how long the answers took. */
export function askEverything(reading: Reading, runs: number, scans: number) {
  let tick = 0
  const start = reading.now()
  // Each opening is a new one: what is kept would be too quick an answer.
  const asking: Reading = { ...reading, now: () => start + tick++ * 60_000 }
  const { queries: perQuery, sorts, ...inventory } = askInventory(asking, queries, runs)
  return { ...inventory, ...askHistory(asking, runs, scans), queries: perQuery, sorts }
}

/** What needs the history: an instance's timeline, what changed between two scans, whom something affects. */
function askHistory(reading: Reading, runs: number, scans: number) {
  const { connection } = reading.store
  // The instances with most history, and some with less.
  const instances = connection
    .prepare(
      `SELECT instance_id FROM spells JOIN instance_endpoints AS link ON link.endpoint_id = spells.endpoint_id
        GROUP BY instance_id ORDER BY count(*) DESC LIMIT 200`,
    )
    .pluck()
    .all() as number[]
  const some = instances.filter((_, index) => index % 20 === 0)
  const compare = (from: number, to: number) => () =>
    must(compareScans(reading, [from as ScanId, to as ScanId]))
  const affected = (query: string) => () => must(blastRadius(reading, { query, most: 1000 }))
  const digest = connection
    .prepare(
      `SELECT digest FROM instance_snapshots JOIN snapshot_artifacts USING (snapshot_id)
        JOIN artifacts ON artifacts.id = artifact_id GROUP BY digest ORDER BY count(*) DESC LIMIT 1`,
    )
    .pluck()
    .get() as string
  // What is read once is apart: readers of the program read it while nobody asks them anything.
  const firstAsked = {
    comparison: rounded(timed(compare(Math.max(1, scans - 1), scans))),
    blastRadius: rounded(timed(affected(`digest:${digest}`))),
  }
  return {
    firstOfHistory: firstAsked,
    timelineP95: percentileOf(
      some.flatMap(id => repeat(runs, () => must(showTimeline(reading, String(id))))),
      95,
    ),
    comparison: {
      lastTwo: percentileOf(repeat(runs, compare(scans - 1, scans)), 95),
      month: percentileOf(repeat(runs, compare(Math.max(1, scans - 30), scans)), 95),
      firstAndLast: percentileOf(repeat(runs, compare(1, scans)), 95),
    },
    blastRadius: {
      mostHeldDigest: percentileOf(repeat(runs, affected(`digest:${digest}`)), 95),
      familyAndQuantization: percentileOf(repeat(runs, affected('family:gemma2 quantization:Q4_K_M')), 95),
      largestFamily: percentileOf(repeat(runs, affected('family:llama')), 95),
      versions: percentileOf(repeat(runs, affected('version>=0.10.0 version<0.10.3')), 95),
    },
  }
}
