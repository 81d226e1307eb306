/**
 * The console as a person has it open, in the real Electron, on a file of the size of the public study: how long after the
 * backend's hello the overview is there, how far anything moves while it loads, and how much script a step of zooming the
 * address map takes. Prints one JSON. Needs Electron and a display; `npm run` brings both.
 *
 *   npm run bench:console [-- --runs 5] [--steps 50] [--scale 0.1] [--data <folder>]
 *
 * A folder that is given is copied, never written to.
 */
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { _electron, type CDPSession, type ElectronApplication, type Page } from 'playwright-core'
import { openReader } from '#main/store/open.ts'
import { round } from './measure.ts'
import { deliverWeights, fillRisk, must, openWriter } from './risk-fill.ts'
import { removeLater } from './scratch-folder.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    steps: { type: 'string', default: '50' },
    scale: { type: 'string', default: '1' },
    data: { type: 'string' },
  },
})
const project = resolve(import.meta.dirname, '..', '..')
const folder = removeLater()
mkdirSync(folder, { recursive: true })
if (values.data === undefined) await fillRisk(folder, Number(values.scale))
else {
  for (const name of ['paddock.sqlite', 'paddock.sqlite-wal']) {
    if (existsSync(join(values.data, name))) copyFileSync(join(values.data, name), join(folder, name))
  }
  const store = openWriter(folder)
  deliverWeights(store)
  store.connection.close()
}
// The first start judges what is new to this version; the others are what a person sees.
await opened(async page => {
  await page.waitForFunction(isShown, null, { timeout: 600_000 })
  await judged()
})
const starts: Start[] = []
for (let run = 0; run < Number(values.runs); run++) starts.push(await opened(start))
const map = await opened(zoomMap)
const shown = spread(starts.map(each => each.shownMs))
const shift = Math.max(...starts.map(each => each.layoutShift))
process.stdout.write(
  `${JSON.stringify({ overview: { shownMs: shown, layoutShift: shift, starts }, map }, null, 2)}\n`,
)

interface Start {
  /** From the backend's hello, as the page hears it, to the frame that shows the figures. */
  readonly shownMs: number
  /** From the start of the page. */
  readonly helloMs: number
  /** By the measure of the Layout Instability API, from the beginning to two seconds after. */
  readonly layoutShift: number
  readonly moved: readonly string[]
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

async function opened<T>(work: (page: Page, app: ElectronApplication) => Promise<T>): Promise<T> {
  const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...env } = process.env
  const app = await launch(env as Record<string, string>)
  try {
    return await work(await app.firstWindow(), app)
  } finally {
    await app.close()
  }
}

/** About one launch in fifteen the inspector of Electron 33 never answers; the next launch then does. */
async function launch(env: Record<string, string>, attempts = 3): Promise<ElectronApplication> {
  try {
    return await _electron.launch({
      executablePath: process.env['PADDOCK_ELECTRON'] ?? '',
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        project,
        '--data',
        folder,
      ],
      env,
      colorScheme: null,
      timeout: 20_000,
    })
  } catch (error) {
    if (attempts === 1) throw error
    await sleep(1500)
    return launch(env, attempts - 1)
  }
}

function isShown(): boolean {
  return performance.getEntriesByName('overview-shown').length > 0
}

async function start(page: Page): Promise<Start> {
  await page.waitForFunction(isShown, null, { timeout: 120_000 })
  await sleep(2000)
  const { hello, seen, shifts } = await page.evaluate(readStart)
  return {
    shownMs: round(seen - hello),
    helloMs: round(hello),
    layoutShift: round(1000 * shifts.reduce((sum, { value }) => sum + value, 0)) / 1000,
    moved: shifts.flatMap(({ nodes }) => nodes),
  }
}

/** In the page. What was before the observer is told to it, too. */
async function readStart() {
  const at = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN
  interface Shift extends PerformanceEntry {
    value: number
    sources: { node: Node | null }[]
  }
  const entries = await new Promise<Shift[]>(settle => {
    const all: Shift[] = []
    new PerformanceObserver(list => all.push(...(list.getEntries() as Shift[]))).observe({
      type: 'layout-shift',
      buffered: true,
    })
    setTimeout(() => settle(all), 100)
  })
  const nameOf = (node: Node | null) =>
    node instanceof Element ? `${node.tagName} ${node.className}` : 'text'
  const shifts = entries.map(({ value, sources }) => ({
    value,
    nodes: sources.map(({ node }) => nameOf(node)),
  }))
  return { hello: at('backend-ready'), seen: at('overview-shown'), shifts }
}

/** The wheel over the map: in, then out again. */
async function zoomMap(page: Page, app: ElectronApplication) {
  await page.waitForFunction(isShown, null, { timeout: 120_000 })
  await page.evaluate(() => {
    location.hash = '#/risk/map'
  })
  const area = page.getByRole('application')
  await area.waitFor({ timeout: 60_000 })
  await sleep(1500)
  const box = await area.boundingBox()
  if (box === null) throw new Error('the map is not there')
  const cells = await page.evaluate(() => {
    const canvas = document.querySelector('[role="application"] canvas')
    return canvas instanceof HTMLCanvasElement ? canvas.width * canvas.height : 0
  })
  const layers = await area.locator('canvas').count()
  const session = await app.context().newCDPSession(page)
  await session.send('Performance.enable')
  await page.mouse.move(box.x + box.width / 3, box.y + box.height / 3)
  await page.evaluate(watchLongTasks)
  const steps: Step[] = []
  const count = Number(values.steps)
  for (let step = 0; step < count; step++) {
    const before = await metricsOf(session)
    await page.mouse.wheel(0, step < count / 2 ? -120 : 120)
    await sleep(120)
    const after = await metricsOf(session)
    steps.push({ scriptMs: after.script - before.script, renderMs: after.render - before.render })
  }
  const longTasks = await page.evaluate(() => (globalThis as unknown as { longTasks: number }).longTasks)
  return {
    bitmapPixels: cells,
    layers,
    steps: count,
    scriptMs: spread(steps.map(({ scriptMs }) => scriptMs)),
    styleAndLayoutMs: spread(steps.map(({ renderMs }) => renderMs)),
    longTasks,
  }
}

interface Step {
  readonly scriptMs: number
  readonly renderMs: number
}

async function metricsOf(session: CDPSession) {
  const { metrics } = await session.send('Performance.getMetrics')
  const ms = (name: string) => 1000 * (metrics.find(each => each.name === name)?.value ?? 0)
  return { script: ms('ScriptDuration'), render: ms('LayoutDuration') + ms('RecalcStyleDuration') }
}

/** In the page: tasks of more than 50 ms. */
function watchLongTasks(): void {
  const counted = globalThis as unknown as { longTasks: number }
  counted.longTasks = 0
  new PerformanceObserver(list => {
    counted.longTasks += list.getEntries().length
  }).observe({ type: 'longtask' })
}

function spread(all: readonly number[]) {
  const sorted = [...all].sort((a, b) => a - b)
  const at = (share: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)
  return { median: at(0.5), p95: at(0.95), most: round(sorted.at(-1) ?? 0) }
}
