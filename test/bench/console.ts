/**
 * What a person waits for in the console, in the real Electron, on a file of the size of the public study: the overview and
 * the address map; the first rows of the inventory, rows without content while somebody scrolls through all of them, and
 * what typing into the query box is held up by. Prints one JSON, each part with what is wanted of it. Needs Electron and a display;
 * `npm run` brings both.
 *
 *   npm run bench:console [-- --part overview|inventory] [--runs 5] [--steps 50] [--stops 100] [--scale 0.1] [--data <folder>]
 *
 * A folder that is given is copied, never written to.
 */
import { copyFileSync, existsSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openReader } from '#main/store/open.ts'
import { measureInventory } from './console-inventory.ts'
import { isShown, measureOverview } from './console-overview.ts'
import { consoleOn } from './console-window.ts'
import { round } from './measure.ts'
import { deliverWeights, fillRisk, must, openWriter } from './risk-fill.ts'
import { removeLater } from './scratch-folder.ts'

const parts = ['overview', 'inventory'] as const
const { values } = parseArgs({
  options: {
    part: { type: 'string', multiple: true, default: [...parts] },
    runs: { type: 'string', default: '5' },
    steps: { type: 'string', default: '50' },
    stops: { type: 'string', default: '100' },
    scale: { type: 'string', default: '1' },
    data: { type: 'string' },
  },
})
const folder = removeLater()
await prepare(values.data)
const opened = consoleOn(folder)
// The first start judges what is new to this version; the others are what a person sees.
await opened(async page => {
  await page.waitForFunction(isShown, null, { timeout: 600_000 })
  await judged()
})
const load = () => loadavg().map(round)
const before = load()
const measured = {
  ...(values.part.includes('overview') &&
    (await measureOverview(opened, { runs: Number(values.runs), steps: Number(values.steps) }))),
  ...(values.part.includes('inventory') && {
    inventory: await measureInventory(opened, { runs: Number(values.runs), stops: Number(values.stops) }),
  }),
}
// Over the last 1, 5 and 15 minutes, the benchmark's own included: what else the machine did.
const result = { ...measured, load: { before, after: load() } }
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)

async function prepare(data: string | undefined): Promise<void> {
  if (data === undefined) {
    await fillRisk(folder, Number(values.scale))
    return
  }
  for (const name of ['paddock.sqlite', 'paddock.sqlite-wal']) {
    if (existsSync(join(data, name))) copyFileSync(join(data, name), join(folder, name))
  }
  const store = openWriter(folder)
  deliverWeights(store)
  store.connection.close()
}

/** Until nothing is left to be looked at. */
async function judged(): Promise<void> {
  const store = must(openReader(folder))
  const left = store.connection.prepare('SELECT count(*) FROM stale_instances').pluck()
  for (let waited = 0; waited < 900 && left.get() !== 0; waited++) await sleep(1000)
  // What was claimed last is still being written.
  await sleep(5000)
  store.connection.close()
}
