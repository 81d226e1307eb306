/**
 * The console's inventory on a large file, in the real Electron: how soon after the backend's hello the first rows are
 * there, how long rows stay blank while somebody scrolls through all of them, and whether typing into the query box ever
 * blocks. Prints one JSON. Needs a built program, Electron (PADDOCK_ELECTRON) and a display.
 *
 *   node test/bench/console-inventory.ts --data <folder> [--starts 5] [--stops 100]
 *
 * The folder is copied, never written to; the first start, which brings it up to date, is not measured.
 */
import { copyFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { removeLater } from './scratch-folder.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    starts: { type: 'string', default: '5' },
    stops: { type: 'string', default: '100' },
  },
})
if (values.data === undefined) throw new Error('--data <folder>: which file to open')
const folder = removeLater()
copyFileSync(join(values.data, 'paddock.sqlite'), join(folder, 'paddock.sqlite'))
const project = resolve(import.meta.dirname, '..', '..')
const typed = 'tools:yes access:open owner:none version<0.17.1 family:llama'

await inConsole(async page => void (await firstRows(page)))
const starts: number[] = []
for (let start = 0; start < Number(values.starts); start++) starts.push(await inConsole(firstRows))
tell({ firstRowsMs: starts })
const scrolled = await inConsole(async page => {
  await firstRows(page)
  const rows = await page.evaluate(countRows)
  const jumps = await page.evaluate(jumpThrough, Number(values.stops))
  const wheel = await page.evaluate(turnWheel, 300)
  const drag = await page.evaluate(dragThrough, 10_000)
  return { rows, jumps: spread(jumps), wheel, drag }
})
tell(scrolled)
const typing = await inConsole(async page => {
  await firstRows(page)
  await sleep(1500)
  return typeQuery(page)
})
const result = { firstRowsMs: spread(starts), scrolled, typing }
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)

/** How far it is. */
function tell(part: object): void {
  process.stderr.write(`${JSON.stringify(part)}\n`)
}

async function inConsole<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const app = await launch()
  try {
    const page = await app.firstWindow()
    page.setDefaultTimeout(600_000)
    return await work(page)
  } finally {
    await app.close()
  }
}

/** Now and then the inspector of an Electron never answers; the next launch then does. */
async function launch(attempts = 3): Promise<ElectronApplication> {
  const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...env } = process.env
  const flags = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--lang=en-US']
  try {
    return await _electron.launch({
      executablePath: process.env['PADDOCK_ELECTRON'] ?? '',
      args: [...flags, project, '--data', folder],
      env: env as Record<string, string>,
      colorScheme: null,
      timeout: 20_000,
    })
  } catch (error) {
    if (attempts === 1) throw error
    await sleep(1500)
    return launch(attempts - 1)
  }
}

/** Milliseconds from the backend's hello, as the page hears it, to the frame with rows in all places on show. */
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
          const isWaiting = document.querySelector('[role="row"] [class*="waiting"]') !== null
          if (readyAt !== null && rows > 5 && !isWaiting) settle(performance.now() - readyAt)
          else if (performance.now() > 300_000) settle(Number.NaN)
          else requestAnimationFrame(look)
        }
        look()
      }),
  )
}

function countRows(): number {
  // Of the grid's boxes, the one that really scrolls.
  const boxes = [...document.querySelectorAll<HTMLElement>('section *')]
  const scrolled = boxes.find(box => {
    if (box.scrollHeight < box.clientHeight + 1000) return false
    box.scrollTop = 100
    return box.scrollTop > 0
  })
  if (scrolled === undefined) throw new Error('nothing scrolls')
  Object.assign(window, { scrolled })
  const grid = document.querySelector('[role="treegrid"]')
  return Number(grid?.getAttribute('aria-rowcount') ?? 0) - 1
}

/** To so many places in turn, as somebody who drags the bar and stops to look: how long rows were blank at each. */
async function jumpThrough(stops: number): Promise<number[]> {
  const target = (window as unknown as { scrolled: HTMLElement }).scrolled
  const isBlank = () => document.querySelector('[role="row"] [class*="waiting"]') !== null
  const frame = () => new Promise(requestAnimationFrame)
  const blank: number[] = []
  for (let stop = 1; stop <= stops; stop++) {
    target.scrollTop = (target.scrollHeight * ((stop * 61) % stops)) / stops
    const started = performance.now()
    let until = started
    // What was asked for late is waited for, too.
    for (let quiet = 0; quiet < 12; quiet++) {
      await frame()
      if (isBlank()) {
        until = performance.now()
        quiet = 0
      }
    }
    blank.push(until - started)
  }
  return blank
}

/** So many frames of a fast wheel, 100 pixels each. */
async function turnWheel(frames: number) {
  const target = (window as unknown as { scrolled: HTMLElement }).scrolled
  const isBlank = () => document.querySelector('[role="row"] [class*="waiting"]') !== null
  target.scrollTop = 0
  await new Promise(settle => setTimeout(settle, 1000))
  let [longest, since, blankFrames, worstFrame, last] = [0, 0, 0, 0, performance.now()]
  for (let count = 0; count < frames; count++) {
    target.scrollTop += 100
    await new Promise(requestAnimationFrame)
    const now = performance.now()
    worstFrame = Math.max(worstFrame, now - last)
    last = now
    if (!isBlank()) since = 0
    else {
      blankFrames++
      since ||= now
      longest = Math.max(longest, now - since)
    }
  }
  return { frames, blankFrames, longestBlankMs: Math.round(longest), worstFrameMs: Math.round(worstFrame) }
}

/** From the first row to the last without a stop. */
async function dragThrough(milliseconds: number) {
  const target = (window as unknown as { scrolled: HTMLElement }).scrolled
  const isBlank = () => document.querySelector('[role="row"] [class*="waiting"]') !== null
  target.scrollTop = 0
  await new Promise(settle => setTimeout(settle, 1000))
  const started = performance.now()
  let [longest, since, frames, blankFrames] = [0, 0, 0, 0]
  for (;;) {
    const now = performance.now()
    const share = (now - started) / milliseconds
    if (share >= 1) break
    target.scrollTop = share * (target.scrollHeight - target.clientHeight)
    await new Promise(requestAnimationFrame)
    frames++
    if (!isBlank()) since = 0
    else {
      blankFrames++
      since ||= performance.now()
      longest = Math.max(longest, performance.now() - since)
    }
  }
  return { frames, blankFrames, longestBlankMs: Math.round(longest) }
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
    longTasks: { count: tasks.length, ...spread(tasks) },
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

function spread(all: readonly number[]) {
  const sorted = all.toSorted((a, b) => a - b)
  const at = (percent: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor((percent / 100) * sorted.length))] ?? Number.NaN)
  return { median: at(50), p95: at(95), worst: at(100) }
}
