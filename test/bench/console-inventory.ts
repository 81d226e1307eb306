import { setTimeout as sleep } from 'node:timers/promises'
import type { CDPSession, ElectronApplication, Page } from 'playwright-core'
import { dragThrough, findScrolled, jumpThrough, turnWheel, watchRows } from './console-rows.ts'
import { type Opened, spread } from './console-window.ts'
import { round } from './measure.ts'

export interface InventoryAsked {
  readonly runs: number
  readonly stops: number
}

const typed = 'tools:yes access:open owner:none version<0.17.1 family:llama'

/**
 * How soon after the hello the first rows are there, how long rows in view say nothing while somebody scrolls through all of
 * them, and whether typing into the query box ever blocks.
 */
export async function measureInventory(opened: Opened, { runs, stops }: InventoryAsked) {
  const firstRowsMs: number[] = []
  for (let run = 0; run < runs; run++) firstRowsMs.push(await opened(firstRows))
  const scrolled = await opened((page, app) => scroll(page, app, stops))
  const typing = await opened(async page => {
    await firstRows(page)
    await sleep(1500)
    return typeQuery(page)
  })
  return {
    wanted: { firstRowsMs: 1000, longestBlankMs: 100, typingTasksOver50Ms: 0 },
    firstRowsMs: { ...spread(firstRowsMs), all: firstRowsMs.map(round) },
    ...scrolled,
    typing,
  }
}

/** Milliseconds from the backend's hello, as the page hears it, to the frame with whole rows in all places on show. */
async function firstRows(page: Page): Promise<number> {
  await page.evaluate(() => {
    location.hash = '#/inventory'
  })
  return page.evaluate(
    () =>
      new Promise<number>(settle => {
        let readyAt: number | null = null
        const { bridge } = window as unknown as {
          bridge: { onEvent(name: string, hear: (status: { state: string }) => void): void }
        }
        bridge.onEvent('backend', ({ state }) => {
          if (state === 'ready') readyAt ??= performance.now()
        })
        const look = () => {
          const rows = document.querySelectorAll('[role="row"][row-index]').length
          const isWaiting = document.querySelector('[role="row"].ag-full-width-row') !== null
          if (readyAt !== null && rows > 5 && !isWaiting) settle(performance.now() - readyAt)
          else if (performance.now() > 300_000) settle(Number.NaN)
          else requestAnimationFrame(look)
        }
        look()
      }),
  )
}

async function scroll(page: Page, app: ElectronApplication, stops: number) {
  await firstRows(page)
  const session = await app.context().newCDPSession(page)
  await session.send('Performance.enable')
  await page.evaluate(watchRows)
  const rows = await page.evaluate(findScrolled)
  const dragAtOnce = await withCost(session, () => page.evaluate(dragThrough, 10_000))
  const drag = await withCost(session, () => page.evaluate(dragThrough, 10_000))
  const jumps = await withCost(session, () => page.evaluate(jumpThrough, stops))
  const wheel = await withCost(session, () => page.evaluate(turnWheel, 300))
  const { blankMs, wholeMs } = jumps
  return {
    rows,
    /** From the first row to the last without a stop, as soon as the first rows are there; and again. */
    dragAtOnce,
    drag,
    jumps: { ...jumps, blankMs: spread(blankMs), wholeMs: spread(wholeMs) },
    wheel,
  }
}

/** Processor time of the page's own thread meanwhile, milliseconds. */
async function withCost<T extends object>(session: CDPSession, work: () => Promise<T>) {
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (name: string) => 1000 * (metrics.find(each => each.name === name)?.value ?? 0)
  }
  const before = await read()
  const done = await work()
  const after = await read()
  const used = (name: string) => Math.round(after(name) - before(name))
  const cost = {
    taskMs: used('TaskDuration'),
    scriptMs: used('ScriptDuration'),
    styleMs: used('RecalcStyleDuration'),
    layoutMs: used('LayoutDuration'),
  }
  return { ...done, cost }
}

/** A letter every 60 ms: how long each took to be drawn, and every task of the page longer than 50 ms. */
async function typeQuery(page: Page) {
  const box = page.getByPlaceholder(/access:open/)
  await box.click()
  await page.evaluate(watchTyping)
  await box.pressSequentially(typed, { delay: 60 })
  await sleep(1500)
  const { drawn, tasks } = await page.evaluate(
    () => (window as unknown as { typing: { drawn: number[]; tasks: number[] } }).typing,
  )
  return {
    letters: typed.length,
    drawnMs: spread(drawn),
    tasksOver50Ms: { count: tasks.length, ...spread(tasks) },
  }
}

function watchTyping(): void {
  const typing = { drawn: [] as number[], tasks: [] as number[] }
  Object.assign(window, { typing })
  new PerformanceObserver(list => {
    for (const task of list.getEntries()) typing.tasks.push(task.duration)
  }).observe({ type: 'longtask' })
  document.addEventListener(
    'keydown',
    event => {
      requestAnimationFrame(() => setTimeout(() => typing.drawn.push(performance.now() - event.timeStamp)))
    },
    { capture: true },
  )
}
