import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Lab, startLab } from '#lab/lab.ts'
import { register, scanAll } from './handle.ts'
import { shareConsole } from './open-console.ts'

describe('the risk', () => {
  const console = shareConsole()
  let lab: Lab

  beforeAll(async () => {
    lab = await startLab({ base: '127.80.9.0/24' })
  })
  afterAll(() => lab?.stop())

  const show = async (hash: string) => {
    await console.now.page.evaluate(to => {
      location.hash = `#/${to}`
    }, hash)
  }

  /** What the head of the inventory says it lists. */
  async function listed(): Promise<number> {
    const { page } = console.now
    await page.getByRole('heading', { level: 1, name: 'Inventory' }).waitFor()
    const head = page.getByRole('banner').or(page.locator('header')).filter({ hasText: 'Inventory' }).last()
    await page.waitForTimeout(400)
    // biome-ignore lint/performance/useDomNodeTextContent: what is hidden, is not read
    const text = await head.innerText()
    return Number(/Inventory\s+([\d,]+)/.exec(text)?.[1]?.replaceAll(',', '') ?? Number.NaN)
  }

  test('is empty until something was scanned, and says what to do', async () => {
    await show('overview')
    const { page } = console.now
    await page.getByRole('heading', { name: 'Nothing has been scanned yet' }).waitFor()
    await register(console.now, lab.blocks[0] ?? '', { exclusions: lab.excluded })
    await scanAll(console.now)
  })

  test('every figure of instances leads to exactly so many', async () => {
    const { page, call } = console.now
    const overview = await call('risk.overview', {})
    if (!overview.ok) throw new Error(overview.failure.code)
    const figures = overview.value.figures.filter(({ query, value }) => query !== null && value > 0)
    expect(figures.length).toBeGreaterThan(2)
    const words = {
      present: 'Present instances',
      unowned: 'Without an owner',
      openTools: 'Open and tool-calling',
    }
    for (const { name, value } of figures) {
      const word = words[name as keyof typeof words]
      if (word === undefined) continue
      await show('overview')
      await page.getByRole('link', { name: word }).click()
      expect(await listed(), name).toBe(value)
    }
    await show('overview')
    const [action] = overview.value.actions
    await page.getByRole('region', { name: 'What to do next' }).getByRole('link').first().click()
    expect(await listed()).toBe(action?.instances)
  })

  test('every cell of a heatmap leads to exactly its rows', async () => {
    const { page, call } = console.now
    const map = await call('risk.heatmap', { kind: 'site-exposure' })
    if (!map.ok) throw new Error(map.failure.code)
    const [first] = map.value.cells.toSorted((a, b) => b.value - a.value)
    await show('risk')
    const section = page.getByRole('region', { name: 'Sites and exposure' })
    await section.getByRole('img').waitFor()
    await section.getByText('As a table').click()
    await section
      .getByRole('link', { name: String(first?.value), exact: true })
      .first()
      .click()
    expect(await listed()).toBe(first?.value)
    // The chart itself, too: its first cell, below the heads and behind the names.
    await show('risk')
    await section.getByRole('img').waitFor()
    await page.waitForTimeout(300)
    const box = await section.getByRole('img').boundingBox()
    if (box === null) throw new Error('no chart')
    await page.mouse.click(box.x + 220, box.y + box.height - 24)
    const open = map.value.cells.find(({ column }) => column === 'open-tools')
    expect(await listed()).toBe(open?.value)
  })

  test('the address map is worked with by keys, and a cell opens its instances', async () => {
    const { page, call } = console.now
    const map = await call('risk.map', {})
    if (!map.ok) throw new Error(map.failure.code)
    await show('risk/map')
    const area = page.getByRole('application')
    await area.focus()
    await page.keyboard.press('+')
    await page.keyboard.press('0')
    const { side, cells } = map.value
    const box = await area.boundingBox()
    if (box === null) throw new Error('no map')
    expect(side).toBe(16)
    // Along the curve the first cell is at the top left; the second beside or below it.
    const at = cells.at.indexOf(1)
    const step = box.width / side
    const places = [
      [1.5, 0.5],
      [0.5, 1.5],
    ] as const
    for (const [x, y] of places) {
      await page.mouse.move(box.x + x * step, box.y + y * step)
      await page.waitForTimeout(250)
    }
    expect(cells.count[at] ?? 0).toBeGreaterThanOrEqual(0)
    await page.getByText('As a table').click()
    await page.getByRole('table').getByRole('link').first().click()
    expect(await listed()).toBe(map.value.fullest[0]?.count)
  })

  test('what if is told beside what is', async () => {
    const { page } = console.now
    await show('risk/whatif')
    await page.getByRole('button', { name: 'Work it out' }).click()
    await page.getByRole('table', { name: 'What if' }).waitFor()
    expect(await page.getByText(/instances? concerned/).count()).toBe(1)
  })

  const views = ['overview', 'risk', 'risk/map', 'risk/tools', 'risk/whatif', 'inventory/1/risk']
  for (const theme of ['light', 'dark'] as const) {
    test(`nothing serious is in anybody's way in the ${theme} theme`, async () => {
      const { page } = console.now
      await show('settings')
      await page.getByText(theme === 'light' ? 'Light' : 'Dark', { exact: true }).click()
      for (const view of views) {
        await show(view)
        await page.waitForTimeout(700)
        const part = view.startsWith('inventory') ? 'aside' : 'body'
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().include(part).analyze()
        const serious = violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .flatMap(({ id, nodes }) => nodes.map(node => `${view} ${id}: ${node.html.slice(0, 160)}`))
        expect(serious).toEqual([])
      }
    })
  }

  test('nothing is wider than the smallest window, and nothing complained', async () => {
    const { page, app } = console.now
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1024, 700))
    await page.waitForFunction(() => innerWidth === 1024)
    for (const view of views) {
      await show(view)
      await page.waitForTimeout(400)
      expect(await page.evaluate(() => document.documentElement.scrollWidth), view).toBeLessThanOrEqual(1024)
    }
    expect(console.now.complaints).toEqual([])
  })
})
