import { setTimeout as sleep } from 'node:timers/promises'
import type { CDPSession, ElectronApplication, Page } from 'playwright-core'
import { type Opened, spread } from './console-window.ts'
import { round } from './measure.ts'

export interface OverviewAsked {
  readonly runs: number
  readonly steps: number
}

/** How long after the hello the overview is there, how far anything moves meanwhile, and what a step of zooming the address map takes. */
export async function measureOverview(opened: Opened, { runs, steps }: OverviewAsked) {
  const starts: Start[] = []
  for (let run = 0; run < runs; run++) starts.push(await opened(start))
  const map = await opened((page, app) => zoomMap(page, app, steps))
  return {
    overview: {
      wanted: { shownMs: 1000, layoutShift: 0 },
      shownMs: spread(starts.map(each => each.shownMs)),
      layoutShift: Math.max(...starts.map(each => each.layoutShift)),
      starts,
    },
    map: { wanted: { scriptMs: 8, longTasks: 0 }, ...map },
  }
}

interface Start {
  /** From the backend's hello, as the page hears it, to the frame that shows the figures. */
  readonly shownMs: number
  /** From the start of the page. */
  readonly helloMs: number
  /** By the measure of the Layout Instability API, from the beginning to two seconds after. */
  readonly layoutShift: number
  readonly moved: readonly string[]
}

export function isShown(): boolean {
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
async function zoomMap(page: Page, app: ElectronApplication, count: number) {
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
